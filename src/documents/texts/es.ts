import type { DocumentTexts } from "./en.ts";

export const spanish: DocumentTexts = {
  locale: "es",
  standing: (area: string) => `${area}, de pie`,
  ticket: {
    title: "Boletos",
    position: (index: number, of: number) => `Boleto ${index} de ${of}`,
    section: "Sección",
    seat: "Asiento",
    tier: "Boleto",
    standing: "De pie",
    order: "Pedido",
    bring: "Muestra este código en la puerta. Entra quien lo muestra primero: no des copias a nadie.",
    file: "boletos",
  },
  calendar: {
    tickets: (seats: string) => `Asientos: ${seats}`,
    order: (id: string) => `Pedido ${id}`,
    page: (url: string) => `Tus boletos: ${url}`,
    reminder: (show: string) => `${show} empieza en dos horas`,
    cancelled: (show: string) => `Cancelado: ${show}`,
    file: "calendario",
  },
  mail: {
    hello: (name: string) => (name === "" ? "Hola:" : `Hola, ${name}:`),
    show: "Espectáculo",
    where: "Dónde",
    when: "Cuándo",
    seats: (count: number) => (count === 1 ? "Asiento" : "Asientos"),
    order: "Pedido",
    paid: "Pagado",
    refunded: "Devuelto",
    reason: "Motivo",
    account: "Cuenta",
    address: "Correo",
    openUntil: "Vale hasta",
    seeTickets: "Ver tus boletos",
    seeOrder: "Ver tu pedido",
    moneyBack: "El dinero regresa por donde vino; tu banco puede tardar unos días.",
    confirmed: {
      subject: (show: string, when: string) => `Tus boletos: ${show}, ${when}`,
      opening: "Tu pedido está confirmado. Muestra los códigos de tus boletos en la puerta, en tu teléfono o impresos.",
      closing: "Guarda este correo solo para ti: quien tiene el enlace o los códigos tiene los boletos.",
    },
    givenBack: {
      subject: (show: string, when: string) => `Devolución: ${show}, ${when}`,
      opening: "Estos asientos de tu pedido se devolvieron. Sus boletos ya no son válidos.",
    },
    moved: {
      subject: (show: string, when: string) => `Tus nuevos asientos: ${show}, ${when}`,
      opening:
        "Algunos boletos de tu pedido cambiaron de asiento. Usa los nuevos: los códigos de antes ya no abren la puerta.",
      instead: "En lugar de",
      closing: "El precio queda como estaba: no se cobra ni se devuelve nada.",
    },
    cancelled: {
      subject: (show: string, when: string) => `Cancelado: ${show}, ${when}`,
      opening: "Lo sentimos: esta función no se va a presentar. Tus boletos ya no son válidos.",
      nothing: "No tienes que hacer nada.",
    },
    invitation: {
      subject: (seller: string) => `Únete a ${seller}`,
      opening: (inviter, seller, role) =>
        `${inviter === undefined ? "Te invitan" : `${inviter} te invita`} a unirte a ${seller} como ${roles[role]}.`,
      link: "Ver la invitación",
      closing: "Si no lo esperabas, ignóralo: no pasa nada si no aceptas.",
    },
    reset: {
      subject: "Elige una contraseña nueva",
      opening: "Alguien, seguramente tú, pidió elegir una contraseña nueva para tu cuenta.",
      link: "Elegir una contraseña nueva",
      closing:
        "El enlace sirve una sola vez. Si no lo pediste, ignora este correo: tu contraseña queda como está. No le des el enlace a nadie.",
    },
    signUp: {
      subject: "Confirma tu correo",
      opening:
        "Alguien, seguramente tú, quiere crear una cuenta con este correo. Confirma que es tuyo y la cuenta queda lista.",
      link: "Crear mi cuenta",
      closing:
        "El enlace sirve una sola vez. En un dispositivo que no sea el que usaste para registrarte pide la contraseña que elegiste. Si no fuiste tú, ignora este correo: no se crea ninguna cuenta.",
    },
    newEmail: {
      subject: "Confirma tu correo nuevo",
      opening: "Alguien, seguramente tú, quiere iniciar sesión con este correo desde ahora. Confirma que es tuyo.",
      link: "Usar este correo",
      closing:
        "El enlace sirve una sola vez. Si no fuiste tú, ignora este correo: nada cambia. No le des el enlace a nadie.",
    },
    known: {
      subject: "Ya tienes una cuenta",
      opening: "Alguien, seguramente tú, dio este correo para una cuenta. Ya hay una: inicia sesión con ella.",
      link: "Iniciar sesión",
      closing:
        "¿Olvidaste la contraseña? En esa página puedes elegir una nueva. Si no fuiste tú, ignora este correo: nada ha cambiado y a nadie se le dijo que tienes una cuenta.",
    },
    emailChanged: {
      subject: "Tu correo ha cambiado",
      opening: "Tu cuenta tiene ahora otro correo. Inicia sesión con ese; con este ya no se abre.",
      before: "Hasta ahora",
      closing: "Si no fuiste tú, responde a este mensaje de inmediato.",
    },
  },
};

const roles = {
  owner: "dueño",
  manager: "gerente",
  "box-office": "personal de taquilla",
  scanner: "control de acceso",
};
