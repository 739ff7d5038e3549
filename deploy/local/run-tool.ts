// The servers' own command-line tools: enough for starting and inspecting, and no client library is needed.

import { execFile } from "node:child_process";
import { connect } from "node:net";

/** Where programs are looked for: Debian keeps servers in folders that are not on everybody's path. */
export const searchPath = [process.env["PATH"] ?? "/usr/bin:/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"].join(":");

/** Runs a tool and resolves to what it printed, without the last newline. Rejects with what it said on standard error. */
export function runTool(
  command: string,
  args: readonly string[],
  user?: { uid: number; gid: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      cwd: "/",
      env: { PATH: searchPath, LC_ALL: "C.UTF-8" },
      ...user,
    };
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(" ")}: ${stderr.trim() || error.message}`, { cause: error }));
      else resolve(stdout.replace(/\n$/, ""));
    });
  });
}

/** Whether somebody accepts connections on that port of the loopback address. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.end());
  });
}
