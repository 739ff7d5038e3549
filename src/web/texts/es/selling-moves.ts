import type { sellingMovesTexts as english } from "../en/selling-moves.ts";
import { plural } from "./plural.ts";

export const sellingMovesTexts: typeof english = {
  moves: {
    title: "Cambiar de asientos",
    lead: (buyer, show, when) => `${buyer}, ${show}, ${when}.`,
    order: (buyer) => `Pedido de ${buyer}`,
    free: "No se cobra ni se devuelve nada, cuesten lo que cuesten los nuevos asientos.",
    afterwards:
      "Quien compró recibe por correo los nuevos boletos. Los códigos anteriores dejan de servir en ese momento y sus asientos vuelven a la venta.",
    section: "Sección",
    inSection: (name, free, prices) => `${name}, ${free} libres${prices === "" ? "" : `, ${prices}`}`,
    showSection: "Ver sus asientos",
    tickets: "Boletos",
    newSeat: (seat) => `Nuevo asiento en lugar de ${seat}`,
    paid: (tier, price) => `${tier}, pagó ${price}`,
    stays: (seat) => `se queda en ${seat}`,
    suggested: (count) =>
      count === 1
        ? "Ya está elegido el asiento equivalente más cercano. Puedes elegir cualquier otro."
        : "Ya están elegidos los asientos equivalentes más cercanos, juntos como antes. Puedes elegir cualesquiera otros.",
    noneEqual: "Aquí no quedan asientos equivalentes. Elige uno para cada boleto o busca en otra sección.",
    nearest: (count) => `Se muestran los ${count} asientos libres más cercanos.`,
    row: (row) => `Fila ${row}`,
    own: (seat) => `${seat}, de este pedido`,
    wheelchair: (seat) => `${seat}, lugar para silla de ruedas`,
    companion: (seat) => `${seat}, junto a una silla de ruedas`,
    restricted: (seat) => `${seat}, vista limitada`,
    move: "Cambiar los boletos",
    keep: "Volver al pedido",
    nobody: "No hay ningún boleto que cambiar",
    nobodyWhy:
      "Los boletos devueltos o ya escaneados en la puerta quedan como están, y los lugares de pie no tienen asiento que elegir.",
    over: "Esta función ya no está a la venta, así que no se puede cambiar a nadie.",
    nothing: "Elige un asiento nuevo al menos para un boleto.",
    twice: (seat) => `Elegiste ${seat} dos veces: un asiento para cada boleto, por favor.`,
    reload: "Vuelve a cargar la página, por favor.",
    admitted: (seats, one) => `${seats} ${one ? "se queda: ya entró" : "se quedan: ya entraron"} por la puerta.`,
    standing: (count) =>
      `${plural(count, "lugar de pie", "lugares de pie")} en este pedido: no tienen asiento que elegir.`,
  },
};
