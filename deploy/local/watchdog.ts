// A server must not outlive the process that started it, not even if that is killed with SIGKILL. A small shell waits at a pipe
// that closes with the parent, whatever ends it; then it ends the server and removes its folder.

import { spawn } from "node:child_process";

/** Lines on standard input: the process group to end, 0 for none, or `done`. $1: the signal to begin with. $2: a folder, or "". */
const script = `
trap "" HUP INT TERM
pid=0
while read -r line; do pid=$line; done
[ "$pid" = done ] && exit
if [ "$pid" != 0 ]; then
  kill -CONT "-$pid" $(cat "/proc/$pid/task/$pid/children")
  kill -"$1" "-$pid"
  tries=0
  while [ $tries -lt 30 ] && kill -0 "-$pid"; do tries=$((tries + 1)); sleep 0.1; done
  kill -KILL "-$pid"
fi
[ -z "$2" ] || rm -rf -- "$2"
`;

export interface Watchdog {
  /** The leader of the process group that must not stay behind; undefined while there is none. */
  watch(pid: number | undefined): void;
  /** Nothing is left to watch. */
  dismiss(): void;
}

/** `signal`: what makes the server leave at once and take its children along. `folder`: removed as well, if given. */
export function startWatchdog(signal: "QUIT" | "KILL", folder: string | undefined): Watchdog {
  const shell = spawn("/bin/sh", ["-c", script, "watchdog", signal, folder ?? ""], {
    // A session of its own: Ctrl-C in the terminal is for the parent.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.unref();
  // A pipe of a child is a socket, which the types do not say.
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    watch: (pid) => void shell.stdin.write(`${pid ?? 0}\n`),
    dismiss: () => void shell.stdin.end("done\n"),
  };
}
