// Client addresses, cut to what one client or one network is likely to own.

/**
 * The network of an address, written the same for every way of writing the address: `ipv4Bits` is a multiple of 8, `ipv6Bits`
 * of 16. `networkOf("2001:db8::7", 24, 48)` is `2001:db8:0`. What is no address is answered as it is.
 */
export function networkOf(address: string, ipv4Bits: number, ipv6Bits: number): string {
  const ipv4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined) {
    return ipv4
      .split(".")
      .slice(0, ipv4Bits / 8)
      .join(".");
  }
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.toLowerCase().split("%")[0] ?? "").split("::");
  const groups = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(":"));
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups(head).length - groups(tail).length);
  return [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail)]
    .slice(0, ipv6Bits / 16)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
