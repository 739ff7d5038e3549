import type { listingTexts as english } from "../en/listing.ts";

export const listingTexts: typeof english = {
  crop: {
    what: "Parte de la imagen que se muestra, dos de ancho por tres de alto. Arrástrala o muévela con las flechas; más y menos cambian su tamaño.",
    box: "Parte de la imagen",
    left: "Desde la izquierda",
    top: "Desde arriba",
    width: "Ancho",
    use: "Usar esta parte",
    sending: "Enviando {name}",
    kept: "{name} está lista: guarda el título para conservarla.",
    kind: "{name} no es una imagen PNG, JPEG o WebP.",
    size: "{name} pesa más de 5 MB.",
    small: "{name} es muy pequeña: un póster necesita {least} píxeles por lado.",
    broken: "{name} no se puede leer; puede estar dañada.",
    refused: "{name} no se aceptó: {why}",
    failed: "{name} no se pudo enviar. Inténtalo otra vez.",
  },
};
