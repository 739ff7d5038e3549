// What the local fleet takes from Debian.

import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { postgresFolder } from "./postgres.ts";
import { searchPath } from "./run-tool.ts";

const programs: readonly { name: string; packageName: string }[] = [
  { name: "redis-server", packageName: "redis-server" },
  { name: "redis-cli", packageName: "redis-server" },
  { name: "nginx", packageName: "nginx" },
  { name: "openssl", packageName: "openssl" },
];

export interface MissingPackages {
  packages: readonly string[];
  /** What to type. */
  command: string;
}

/** Debian's packages that the local fleet needs and this machine has not; undefined if none is missing. */
export function missingPackages(): MissingPackages | undefined {
  const missing = programs.filter(({ name }) => !isInstalled(name)).map(({ packageName }) => packageName);
  if (postgresFolder() === undefined) missing.push("postgresql");
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing)];
  return { packages, command: `sudo apt-get install ${packages.join(" ")}` };
}

function isInstalled(program: string): boolean {
  return searchPath.split(":").some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
