import { faultSentence } from "../../../domain/faults.ts";
import type { RefusalCode, RefusalFacts } from "../../../domain/refusals.ts";
import type { refusalTexts as english } from "../en/refusals.ts";
import { faultTexts } from "./faults.ts";

const titles: Readonly<Record<RefusalCode, string>> = {
  invalid_request: "La solicitud no es válida",
  not_signed_in: "Primero inicia sesión",
  cross_site: "Esta solicitud vino de otro sitio",
  not_allowed: "No puedes hacer esto",
  not_found: "No encontramos esa página",
  unsupported_media_type: "No se acepta este tipo de contenido",
  too_large: "Es demasiado grande",
  too_many_requests: "Demasiadas solicitudes",
  unavailable: "No disponible en este momento",
  internal: "Algo falló de nuestro lado",
  sales_paused: "La venta está en pausa un momento",
  showing_cancelled: "Esta función está cancelada",
  showing_over: "La venta para esta función terminó",
  seat_unknown: "Ese asiento no existe",
  price_unknown: "Ese precio no se vende ahí",
  hold_cooldown: "Soltaste demasiados asientos hace poco",
  limit_exceeded: "Es más de lo que puede tener una persona",
  seats_taken: "Alguien fue más rápido",
  sold_out: "No quedan lugares suficientes",
  strands_seat: "Quedaría un asiento suelto",
  order_id_reused: "Este número de pedido ya se usó para otro pedido",
  hold_unknown: "Los asientos ya no están apartados",
  hold_expired: "Se acabó el tiempo de los asientos apartados",
  hold_in_payment: "Estos asientos se están pagando",
  order_in_progress: "Este pedido se está procesando",
  payment_declined: "El pago fue rechazado",
  payment_mismatch: "El importe no es el de los asientos apartados",
  seats_lost: "Los asientos se perdieron antes de completar el pago; no se cobra nada",
  order_not_refundable: "Este pedido no se puede devolver",
  refund_pending: "Esta devolución sigue en curso",
  move_id_reused: "Este número ya se usó para otro cambio de asientos",
  ticket_invalid: "Este boleto no es válido",
  ticket_void: "Este boleto ya no es válido",
  ticket_wrong_showing: "Este boleto es para otra función",
  ticket_used: "Este boleto ya se usó",
  email_taken: "Ya hay una cuenta con este correo",
  weak_password: "Elige otra contraseña",
  wrong_credentials: "El correo o la contraseña no son correctos",
  schedule_clash: "La sala está ocupada a esa hora",
  showing_in_use: "Ahí hay algo vendido o apartado",
  not_ready: "Todavía falta algo",
  changed_meanwhile: "Mientras tanto alguien más cambió esto",
  last_owner: "Un vendedor necesita un dueño",
  image_refused: "Esta imagen no se puede usar",
};

const over = "Estos asientos ya no están apartados para ti. Elige otra vez; no se cobró nada.";

/** Where the facts or the field say more than the title. */
const sentences: Partial<Record<RefusalCode, (facts: RefusalFacts) => string>> = {
  invalid_request: ({ field = "" }) => fields[field.split(".").at(-1) ?? ""] ?? "Revisa este dato.",
  too_many_requests: ({ retryAfterMs }) => `Demasiados intentos. Inténtalo otra vez ${waitText(retryAfterMs)}.`,
  unavailable: () => "Esto no funciona por un momento. Inténtalo un poco más tarde.",
  sales_paused: () => "La venta está en pausa un momento; no se pierde nada. Inténtalo pronto otra vez.",
  hold_cooldown: ({ retryAfterMs }) =>
    `Soltaste demasiados asientos hace poco. Inténtalo otra vez ${waitText(retryAfterMs)}.`,
  limit_exceeded: ({ limit }) =>
    typeof limit === "number" ? `Aquí cada persona puede tener hasta ${limit} asientos.` : titles.limit_exceeded,
  too_large: () => "El archivo pesa más de 5 MB.",
  seats_taken: ({ seats }) => `Alguien fue más rápido: ${namesOf(seats)}.`,
  sold_out: () => "Ya no quedan tantos lugares juntos. Prueba con menos, otra sección u otro precio.",
  strands_seat: ({ seats }) => `Quedaría suelto ${namesOf(seats)}. Muévete un asiento o tómalo también.`,
  hold_unknown: () => over,
  hold_expired: () => over,
  hold_in_payment: () => "Estos asientos se están pagando en otro pedido.",
  order_in_progress: () => "Este pedido se está procesando. Inténtalo otra vez en un momento.",
  payment_declined: ({ reason }) =>
    reason === "insufficient_funds"
      ? "Esa tarjeta no tiene fondos suficientes. No se cobró nada; tus asientos siguen apartados."
      : reason === undefined || reason === "declined"
        ? "El pago fue rechazado. No se cobró nada; tus asientos siguen apartados. Prueba otra forma de pago."
        : "El pago fue cancelado. No se cobró nada.",
  payment_mismatch: () =>
    "El precio que viste no es el de estos asientos. No se cobró nada; revísalo otra vez antes de pagar.",
  move_id_reused: () => "Este cambio ya se hizo con otros asientos. Vuelve a cargar la página.",
  ticket_void: ({ seats }) =>
    Array.isArray(seats) ? `El pedido no tiene boletos válidos para ${namesOf(seats)}.` : `${titles.ticket_void}.`,
  ticket_used: ({ seats }) =>
    Array.isArray(seats) ? `Alguien ya entró con estos boletos: ${namesOf(seats)}.` : `${titles.ticket_used}.`,
  email_taken: () => "Ya hay una cuenta con este correo. Inicia sesión o usa otro.",
  weak_password: () =>
    "Usa de 8 a 256 caracteres, y ni una contraseña que cualquiera adivinaría ni tu nombre o tu correo.",
  wrong_credentials: ({ field }) =>
    field === undefined ? `${titles.wrong_credentials}.` : "Esa no es tu contraseña actual.",
  image_refused: ({ reason }) =>
    images[String(reason)] ?? "Usa una imagen PNG, JPEG o WebP de hasta 5 MB, de 100 píxeles por lado como mínimo.",
};

/** Why an image was refused, by its reason. */
const images: Readonly<Record<string, string>> = {
  size: "El archivo pesa más de 5 MB.",
  kind: "No es una imagen PNG, JPEG ni WebP.",
  broken: "La imagen no se puede leer; puede estar dañada.",
  pixels: "La imagen tiene más de 40 megapíxeles.",
  small: "La imagen es muy pequeña.",
  part: "Esa parte de la imagen no tiene la forma que se necesita.",
};

/** What to write into a field of the buyer's and the account's forms. */
const fields: Readonly<Record<string, string>> = {
  name: "Escribe un nombre de una línea, de hasta 100 caracteres.",
  email: "Escribe un correo electrónico como ada@example.org.",
  password: "Escribe tu contraseña actual.",
  token: "Elige cómo pagar.",
  seats: "Elige al menos un asiento, y cada uno una sola vez.",
  quantity: "Pide al menos un asiento.",
};

function namesOf(seats: unknown): string {
  return Array.isArray(seats) ? seats.join(", ") : "esos asientos";
}

function waitText(ms: unknown): string {
  if (typeof ms !== "number") return "en un momento";
  const minutes = Math.ceil(ms / 60_000);
  return minutes > 1 ? `en ${minutes} minutos` : "en un minuto";
}

const choose = "Lo que no se paga a tiempo vuelve a la venta. Elige otra vez: puede que los asientos sigan ahí.";

export const refusalTexts: typeof english = {
  refusals: {
    again: "Intentar otra vez",
    home: "Ver la cartelera",
    title: (code) => titles[code],
    sentence: ({ code, facts }) => sentences[code]?.(facts) ?? titles[code],
    fault: (fault) => faultSentence(fault, faultTexts),
    advice: {
      not_found: "Puede que la dirección esté mal escrita o que lo que mostraba ya haya terminado.",
      sales_paused: "No se pierde nada: los asientos apartados siguen siendo tuyos. Inténtalo en un momento.",
      unavailable: "Inténtalo otra vez en un momento.",
      showing_cancelled: "Quien ya compró recibe su dinero de vuelta sin hacer nada.",
      showing_over: "Puede que haya otra función.",
      hold_unknown: choose,
      hold_expired: choose,
      cross_site:
        "Por tu seguridad solo se aceptan formularios de este sitio. Regresa, carga la página otra vez y vuelve a intentarlo.",
      internal: "Quedó registrado. No se cobró nada, salvo que una página de aquí lo haya dicho.",
      too_many_requests: "Espera un minuto e inténtalo otra vez.",
    },
  },
};
