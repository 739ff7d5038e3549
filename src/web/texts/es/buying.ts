import type { buyingTexts as english } from "../en/buying.ts";
import { plural } from "./plural.ts";

export const buyingTexts: typeof english = {
  terms: {
    title: "Condiciones de venta",
    inline: "condiciones de venta",
    lead: "Lo que se deben tú y quien te vende los boletos, en palabras sencillas.",
    parts: [
      {
        heading: "Quién vende",
        paragraph: "Los boletos los vende quien organiza la función. Este sitio recibe el pedido y el pago.",
      },
      {
        heading: "Precios",
        paragraph:
          "Cada precio es el total, con cargos e impuestos, y no cambia mientras los asientos están apartados para ti.",
      },
      {
        heading: "Asientos apartados",
        paragraph:
          "Los asientos quedan apartados unos minutos, según el reloj de la página de pago. Lo que no se paga a tiempo vuelve a la venta.",
      },
      {
        heading: "Cancelar",
        paragraph:
          "Antes de pagar, la página dice si puedes cancelar y hasta cuándo. Hasta ese momento la página de tu pedido devuelve todo a donde salió. Después ya no se aceptan devoluciones.",
      },
      {
        heading: "Si se cancela una función",
        paragraph: "Quien compró recibe todo su dinero sin hacer nada, y un correo que lo dice.",
      },
      {
        heading: "En la entrada",
        paragraph:
          "Cada código deja entrar a una persona, una sola vez. Entra quien lo muestra primero: no lo des a nadie en quien no confíes.",
      },
      {
        heading: "Tus datos",
        paragraph:
          "Quien te vende los boletos recibe tu nombre y tu correo. El número de tu tarjeta nunca llega a este sitio.",
      },
    ],
  },
  lines: {
    title: "Lo que compras",
    seat: "Asiento",
    ticket: "Boleto",
    fee: "Cargo por servicio",
    tax: "Impuestos",
    sum: "Importe",
    total: "Total",
    tickets: (count: number) => plural(count, "boleto", "boletos"),
    standing: (section: string) => `${section}, de pie`,
  },
  checkout: {
    title: "Pagar",
    chooseAgain: "Elegir otra vez",
    paying: "Esto se está pagando",
    payingDetail: "El pago está en curso. Esta página se actualiza sola; los boletos también llegan por correo.",
    yourTickets: "Tus boletos",
    release: "Liberar estos asientos",
    who: "¿Para quién son los boletos?",
    guest: "Compras como invitado, sin cuenta.",
    signIn: "Inicia sesión",
    or: "o",
    signUp: "crea una cuenta",
    held: ": tus asientos siguen apartados.",
    withAccount: (email: string) => `Iniciaste sesión como ${email}: el pedido queda en tu cuenta.`,
    name: "Nombre",
    email: "Correo electrónico",
    emailHint: "Ahí enviamos los boletos.",
    method: "¿Cómo quieres pagar?",
    token: "Clave de pago",
    noName: "Escribe tu nombre.",
    noEmail: "Escribe un correo electrónico, por ejemplo ana@example.org.",
    noMethod: "Elige cómo pagar.",
    noTerms: "Acepta las condiciones para comprar.",
    accept: "Acepto las",
    newTab: "se abre en otra pestaña",
    cancelUntil: (until: string) =>
      `Puedes cancelar hasta el ${until} y se te devuelve todo. Después ya no se aceptan devoluciones.`,
    cancelNever: "Los boletos no se devuelven ni se cambian. Si se cancela la función, se te devuelve todo.",
    cancelUnknown: "Si se cancela la función, se te devuelve todo. La página de tu pedido dice si puedes cancelar.",
    promise: "Incluye todos los cargos e impuestos. Se cobra una sola vez.",
    busy: "Pagando…",
    declined: (poor: boolean) =>
      poor ? "Esa tarjeta no tiene fondos suficientes. No se cobró nada." : "El pago fue rechazado. No se cobró nada.",
    stillHeld: (until: string, count: number) =>
      `Tus asientos siguen apartados hasta las ${until}, ${plural(count, "minuto", "minutos")} más. Prueba otra forma de pago.`,
    bought: {
      title: "Ya compraste estos asientos",
      lead: "El pedido está pagado. Aquí no queda nada por hacer.",
      go: "Ver tus boletos",
    },
    beingPaid: {
      title: "Estás pagando estos asientos",
      lead: "El pago está en curso. Tu pedido dice cómo va.",
      go: "Abrir el pedido",
    },
    more: "Comprar más boletos",
    again: "Faltaba algo en el formulario. Inténtalo otra vez.",
    go: (total: string) => `Pagar ${total}`,
    sandbox: {
      tok_approve: { text: "Tarjeta de prueba aprobada", hint: "No se mueve dinero: es el entorno de pruebas." },
      tok_decline: { text: "Tarjeta rechazada" },
      tok_insufficient_funds: { text: "Tarjeta sin fondos suficientes" },
      tok_slow: { text: "Banco lento", hint: "Tarda cinco segundos y aprueba." },
      tok_timeout_then_approved: { text: "Banco que no responde y luego aprueba" },
      tok_timeout_then_declined: { text: "Banco que no responde y luego rechaza" },
      tok_requires_action: { text: "Banco que te pide confirmar" },
    },
  },
  order: {
    titles: {
      confirmed: "Tus boletos",
      paying: "Tu pago está en curso",
      declined: "El pago fue rechazado",
      cancelled: "El pago fue cancelado",
      conflict: "Se perdieron los asientos",
    },
    explained: {
      confirmed: "Pagado y confirmado. Muestra cada código en la entrada, en la pantalla o en papel.",
      paying:
        "Tu banco aún no responde. Mientras tanto tus asientos siguen siendo tuyos y esta página se actualiza sola.",
      declined: "No se cobró nada. Los asientos siguen apartados para ti un momento.",
      cancelled: "No se cobró nada y los asientos vuelven a estar libres.",
      conflict: "No se pudieron conservar tus asientos mientras pagabas. Lo que se haya cobrado se te devuelve.",
    },
    tickets: (count: number) => plural(count, "boleto", "boletos"),
    position: (index: number, of: number) => `Boleto ${index} de ${of}`,
    saved: (moment: string) =>
      `Copia guardada, de ${moment}: no hay conexión. Los códigos sirven en la entrada de todos modos.`,
    calendar: "Añadir al calendario",
    pdf: "Boletos en PDF",
    directions: "Cómo llegar",
    mailAgain: "Enviar el correo otra vez",
    mailed: (email: string) => `El correo con tus boletos va en camino a ${email}.`,
    mailedBefore: "El correo se envió hace un momento. Puede tardar unos minutos; después puedes pedirlo otra vez.",
    payAgain: "Pagar de otra forma",
    details: "Pedido",
    number: "Número de pedido",
    placed: "Hecho",
    buyer: "A nombre de",
    refunded: "Devuelto",
    refundedWhole: "Este pedido se devolvió por completo.",
    refundedPart: "Una parte de este pedido se devolvió.",
    action: "Tu banco te pide confirmar",
    actionDetail: "Mientras tanto tus asientos siguen siendo tuyos. Después vuelves aquí.",
    actionGo: "Ir a tu banco",
    cancel: "Cancelar este pedido",
    cancelDetail: (until: string) =>
      `Puedes cancelar hasta el ${until}. Todos los boletos de este pedido dejan de valer.`,
    cancelBack: (total: string) => `Se te devuelven ${total}, con cargos e impuestos.`,
    cancelWay: "El dinero vuelve a donde salió; tu banco puede tardar unos días.",
    cancelNever: "El vendedor no acepta devoluciones. Si se cancela la función, se te devuelve todo.",
    cancelLate: (until: string) => `Este pedido se podía cancelar hasta el ${until}.`,
    sure: "Sí, cancelar todos los boletos",
    cancelGo: "Cancelar el pedido",
    notSure: "Marca la casilla para cancelar.",
  },
  ticket: {
    section: "Sección",
    seat: "Asiento",
    standing: "De pie",
    tier: "Boleto",
    code: (seat: string) => `Código QR del boleto para ${seat}`,
    void: "Ya no es válido",
    enlarge: "Llenar la pantalla",
    tap: "Toca el código para llenar la pantalla.",
    close: "Toca para cerrar",
  },
  sandboxAction: {
    title: "Confirma el pago",
    lead: "Esto representa la página de tu banco. No se cobra nada: es el entorno de pruebas.",
    approve: "Aprobar el pago",
    decline: "Rechazarlo",
  },
};
