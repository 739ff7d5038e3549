// Tickets for a printer: three on a sheet, to be cut apart, each with its code as a drawing that stays sharp at any size.

import Pdf from "pdfkit";
import { encodeQR } from "qr";
import { addressText, isStanding, type DocumentTicket, type OrderDocument } from "./order-document.ts";
import { documentTexts } from "./texts.ts";
import { documentTime } from "./times.ts";
import { winAnsiText } from "./winansi.ts";

export type Paper = "A4" | "LETTER";

/** The papers that there are, in points. */
const heights: Readonly<Record<Paper, number>> = { A4: 841.89, LETTER: 792 };
const widths: Readonly<Record<Paper, number>> = { A4: 595.28, LETTER: 612 };
/** Countries that print on Letter; everybody else has A4. */
const letterCountries = new Set([
  "US",
  "CA",
  "MX",
  "PH",
  "CL",
  "CO",
  "VE",
  "GT",
  "CR",
  "PA",
  "DO",
  "SV",
  "NI",
  "HN",
  "PR",
]);

const margin = 36;
const gap = 14;
const ticketsASheet = 3;
const padding = 18;
const ink = "#1c1a1f";
const soft = "#5b545c";
const line = "#b9b0a8";
const accent = "#a4133c";

/** The paper that printers at a venue's place are filled with. */
export function paperOf(country: string): Paper {
  return letterCountries.has(country.toUpperCase()) ? "LETTER" : "A4";
}

/** The PDF's bytes; an order without good tickets has one empty sheet. The same order makes the same bytes. */
export async function ticketsPdf(order: OrderDocument, paper: Paper): Promise<Buffer> {
  const words = documentTexts(order.language).ticket;
  const pdf = new Pdf({
    size: paper,
    margin: 0,
    lang: order.language,
    displayTitle: true,
    info: {
      Title: winAnsiText(`${words.title}: ${order.showTitle}`),
      Author: "Marquee",
      CreationDate: new Date(order.placedAt),
    },
  });
  const parts: Buffer[] = [];
  pdf.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => void pdf.on("end", resolve).on("error", reject));
  const height = (heights[paper] - 2 * margin - (ticketsASheet - 1) * gap) / ticketsASheet;
  for (const [index, ticket] of order.tickets.entries()) {
    const onSheet = index % ticketsASheet;
    if (index > 0 && onSheet === 0) pdf.addPage();
    drawTicket(pdf, order, ticket, words.position(index + 1, order.tickets.length), {
      x: margin,
      y: margin + onSheet * (height + gap),
      width: widths[paper] - 2 * margin,
      height,
    });
  }
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawTicket(pdf: PDFKit.PDFDocument, order: OrderDocument, ticket: DocumentTicket, position: string, box: Box) {
  const { x, y, width, height } = box;
  pdf.roundedRect(x, y, width, height, 10).lineWidth(0.8).strokeColor(line).stroke();
  pdf.rect(x + 0.4, y + 14, 5, height - 28).fill(accent);
  const side = Math.min(height - 2 * padding - 14, 188);
  const codeX = x + width - padding - side;
  drawCode(pdf, ticket.token, { x: codeX, y: y + padding, width: side, height: side });
  pdf.font("Helvetica").fontSize(7).fillColor(soft);
  pdf.text(ticket.id, codeX, y + padding + side + 5, { width: side, height: 9, align: "center", ellipsis: true });
  drawWords(pdf, order, ticket, position, {
    x: x + padding + 6,
    y: y + padding,
    width: codeX - x - 2 * padding - 6,
    height: height - 2 * padding,
  });
}

function drawWords(pdf: PDFKit.PDFDocument, order: OrderDocument, ticket: DocumentTicket, position: string, box: Box) {
  const { language, venue, startsAt } = order;
  const words = documentTexts(language).ticket;
  const { x, width } = box;
  const time = (kind: "day" | "time") => documentTime(kind, startsAt, venue.timeZone, language);
  const say = (text: string, font: "Helvetica" | "Helvetica-Bold", size: number, colour: string, lines = 1) => {
    const printed = winAnsiText(text);
    if (printed === "") return;
    pdf.font(font).fontSize(size).fillColor(colour);
    pdf.text(printed, { width, height: size * 1.25 * lines, ellipsis: true, lineGap: 1 });
  };
  pdf.x = x;
  pdf.y = box.y;
  say(position.toLocaleUpperCase(language), "Helvetica-Bold", 7.5, accent);
  pdf.y += 3;
  say(order.showTitle, "Helvetica-Bold", 17, ink, 2);
  pdf.y += 4;
  say(time("day"), "Helvetica-Bold", 10.5, ink);
  say(time("time"), "Helvetica-Bold", 10.5, ink);
  pdf.y += 5;
  say(order.auditorium === "" ? venue.name : `${venue.name}, ${order.auditorium}`, "Helvetica", 9.5, ink);
  say(addressText(venue), "Helvetica", 8.5, soft, 2);
  const bottom = box.y + box.height;
  drawFacts(
    pdf,
    [
      ...(ticket.section === "" ? [] : [{ name: words.section, value: ticket.section }]),
      { name: words.seat, value: isStanding(ticket.seat) ? words.standing : ticket.seat },
      { name: words.tier, value: ticket.tier },
    ],
    { x, y: bottom - 62, width, height: 32 },
  );
  pdf.x = x;
  pdf.y = bottom - 24;
  say(`${order.buyerName} · ${words.order} ${order.orderId}`, "Helvetica", 7.5, soft);
  say(words.bring, "Helvetica", 7.5, soft, 2);
}

/** Side by side, each as wide as it is; smaller if they would not fit. */
function drawFacts(pdf: PDFKit.PDFDocument, facts: readonly { name: string; value: string }[], box: Box) {
  const apart = 20;
  const size = 14;
  const printed = facts.map(({ name, value }) => ({ name: winAnsiText(name), value: winAnsiText(value) }));
  const widthOf = ({ name, value }: { name: string; value: string }) =>
    Math.max(
      pdf.font("Helvetica").fontSize(7.5).widthOfString(name),
      pdf.font("Helvetica-Bold").fontSize(size).widthOfString(value),
    );
  const widths = printed.map(widthOf);
  const room = box.width - apart * (facts.length - 1);
  const scale = Math.min(1, room / widths.reduce((sum, width) => sum + width, 0));
  let x = box.x;
  for (const [index, { name, value }] of printed.entries()) {
    const width = (widths[index] ?? 0) * scale;
    const one = { width: width + 1, height: 18, lineBreak: false };
    pdf
      .font("Helvetica")
      .fontSize(Math.max(6, 7.5 * scale))
      .fillColor(soft)
      .text(name, x, box.y, one);
    pdf
      .font("Helvetica-Bold")
      .fontSize(size * scale)
      .fillColor(ink)
      .text(value, x, box.y + 10, one);
    x += width + apart;
  }
}

/** The code as filled rectangles, one for each run of dark squares: a few hundred instead of a few thousand. */
function drawCode(pdf: PDFKit.PDFDocument, token: string, { x, y, width }: Box) {
  // The border that the library wants is white, and so is the paper.
  const rows = encodeQR(token, "raw", { ecc: "medium", border: 1 });
  const square = width / rows.length;
  for (const [down, row] of rows.entries()) {
    for (let from = 0; from < row.length; from += 1) {
      if (row[from] !== true) continue;
      let to = from;
      while (row[to] === true) to += 1;
      // A hair wider than high: no white lines between rows on screens that smooth edges.
      pdf.rect(x + from * square, y + down * square, (to - from) * square, square + 0.05);
      from = to;
    }
  }
  pdf.fill("#000");
}
