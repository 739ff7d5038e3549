import type { findingTexts as english } from "../en/finding.ts";

export const findingTexts: typeof english = {
  close: "Cerrar",
  search: {
    label: "Busca funciones, personas, recintos y ciudades",
    example: "Títulos, personas, recintos, ciudades",
    go: "Buscar",
    open: "Buscar",
    suggestions: "Sugerencias",
    found: "Sugerencias:",
    none: "Sin sugerencias",
    kinds: { show: "Título", person: "Persona", venue: "Recinto", place: "Ciudad" },
  },
  where: {
    label: "¿Dónde estás?",
    near: "Cerca de",
    choose: "Elige una ciudad",
    city: "Ciudad",
    example: "Por ejemplo Denver, CO",
    go: "Ver lo que hay cerca",
    cities: "Ciudades grandes",
    everywhere: "En todas partes",
    unknown: (typed: string) =>
      `No conocemos ninguna ciudad “${typed}”. Elige una de las sugerencias o la ciudad grande más cercana.`,
    use: "Usar mi ubicación",
    waiting: "Preguntando a tu dispositivo …",
    failed: "Tu dispositivo no comparte su ubicación. Escribe una ciudad.",
  },
};
