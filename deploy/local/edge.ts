// nginx in front of the local fleet: deploy/nginx.conf, and TLS with a certificate of its own.

import { chmodSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { runTool } from "./run-tool.ts";

export interface Certificate {
  certificate: string;
  key: string;
}

/** Makes a certificate for this machine's loopback addresses that nobody trusts; files in `folder`. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const certificate = join(folder, "certificate.pem");
  const key = join(folder, "certificate-key.pem");
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost";
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  await runTool("openssl", [...request.split(" "), "-addext", names, "-keyout", key, "-out", certificate]);
  chmodSync(key, 0o600);
  return { certificate, key };
}

export interface Edge extends Certificate {
  port: number;
  /** Ports of the application processes. */
  apps: readonly number[];
  /** The folder that is the static content's origin. */
  origin: string;
  /** For the page cache, bodies and logs; nginx's workers write there. */
  state: string;
  /** Requests a second from one address, of which so many may change something. */
  limits?: { reads: number; writes: number };
}

const template = new URL("../nginx.conf", import.meta.url);

/** The text of deploy/nginx.conf for a local fleet. */
export function edgeConfiguration({ port, apps, origin, state, limits, certificate, key }: Edge): string {
  const values: Readonly<Record<string, string>> = {
    USER: userInfo().username,
    LISTEN: `127.0.0.1:${port}`,
    CERTIFICATE: certificate,
    KEY: key,
    APPS: apps.map((app) => `server 127.0.0.1:${app} max_fails=3 fail_timeout=1s;`).join("\n    "),
    ORIGIN: origin,
    STATE: state,
    LOGS: state,
    READS: String(limits?.reads ?? 300),
    WRITES: String(limits?.writes ?? 20),
  };
  return readFileSync(template, "utf8").replaceAll(/\$\{EDGE_([A-Z]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`deploy/nginx.conf asks for EDGE_${name}, which nobody knows here`);
    return value;
  });
}
