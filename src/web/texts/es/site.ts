import type { siteTexts as english } from "../en/site.ts";
import { plural } from "./plural.ts";

export const siteTexts: typeof english = {
  language: "es",
  locale: "es",
  site: "Marquee",
  skip: "Ir al contenido",
  nav: { label: "Principal", shows: "Cartelera", venues: "Recintos", sell: "Vender", account: "Cuenta" },
  footer: {
    label: "Sobre este sitio",
    language: "Idioma",
    promise: "El precio completo, con cargos e impuestos, antes de que elijas.",
    help: "Ayuda",
    terms: "Condiciones de venta",
    sell: "Vende boletos",
    api: "API",
  },
  times: {
    hours: (count: number) => `${count}\u00A0h`,
    minutes: (count: number) => `${count}\u00A0min`,
    today: "Hoy",
    tomorrow: "Mañana",
  },
  form: {
    required: "obligatorio",
    optional: "opcional",
    faults: "Revisa lo que está marcado abajo.",
    whole: "Escribe un número entero.",
  },
  pager: {
    label: "Páginas",
    newer: "Anterior",
    older: "Siguiente",
    page: (page: number, of: number) => `Página ${page} de ${of}`,
  },
  trail: "Dónde estás",
  days: { label: "Día", other: "Otro día" },
  count: plural,
};
