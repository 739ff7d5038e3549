// The command line's way into Marquee: which command runs, what a signal does, what the shell is told at the end.

import { commandHelp, configOf, generalHelp, parseCall } from "./cli/arguments.ts";
import type { Command, Terminal } from "./cli/command.ts";
import { CommandError, exitCodes } from "./cli/exit-codes.ts";
import { programVersion } from "./version.ts";

/** Each command is loaded when it is called: help and refusals need none of the server's modules. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  serve: {
    summary: "answer at an address: pages, API and the work behind them",
    load: async () => (await import("./cli/serve.ts")).serve,
  },
  work: {
    summary: "make history of what a fleet sells, and do what nobody asks for",
    load: async () => (await import("./cli/work.ts")).work,
  },
  sandbox: {
    summary: "be the payment provider of a fleet that moves no money",
    load: async () => (await import("./cli/sandbox.ts")).sandbox,
  },
  demo: {
    summary: "fill an empty data folder with the demo",
    load: async () => (await import("./cli/demo.ts")).demo,
  },
  migrate: {
    summary: "bring the store to the shape that this Marquee needs",
    load: async () => (await import("./cli/migrate.ts")).migrate,
  },
  operator: {
    summary: "make an account operator of the installation",
    load: async () => (await import("./cli/operator.ts")).operator,
  },
  recover: {
    summary: "make partitions of a fleet sell again",
    load: async () => (await import("./cli/recover.ts")).recover,
  },
  doctor: {
    summary: "check machine, folder and settings before they matter",
    load: async () => (await import("./cli/doctor.ts")).doctor,
  },
  verify: {
    summary: "check that no seat, ticket or payment contradicts another",
    load: async () => (await import("./cli/verify.ts")).verify,
  },
  backup: {
    summary: "copy the data folder, also while it is being served",
    load: async () => (await import("./cli/backup.ts")).backup,
  },
  restore: {
    summary: "bring a backup back into an empty data folder",
    load: async () => (await import("./cli/restore.ts")).restore,
  },
};

/** How long a stop may take before the process ends anyway. */
const stopLimitMs = 10_000;

/** Runs one command line and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads what is printed may have seen enough: `marquee verify | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCodes.ok);
  });
  try {
    process.exitCode = await run(argv);
  } catch (error) {
    if (error instanceof CommandError) {
      console.error(error.message);
      process.exitCode = error.exitCode;
    } else {
      console.error("Marquee has a fault of its own and stopped:", error);
      process.exitCode = exitCodes.software;
    }
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const list = Object.entries(commands).map(([command, { summary }]) => ({ name: command, summary }));
    console.log(generalHelp(list));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (name === "--version" || name === "-v") {
    console.log(programVersion());
    return exitCodes.ok;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) {
    throw new CommandError(exitCodes.usage, `"${name}" is no command of Marquee. See \`marquee --help\`.`);
  }
  const command = await entry.load();
  const call = parseCall(command, rest);
  if (call.help) {
    console.log(commandHelp(command));
    return exitCodes.ok;
  }
  const config = configOf(call, undefined);
  const stop = stopOnSignals();
  return command.run({ config, flags: call.flags, positionals: call.positionals, terminal: systemTerminal(), stop });
}

/** Aborted by the first SIGINT or SIGTERM. A second one, or ten seconds, end the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    const exitCode = signal === "SIGINT" ? 130 : 143;
    if (controller.signal.aborted) process.exit(exitCode);
    console.error(`\nStopping. Send ${signal} again to end at once.`);
    setTimeout(() => {
      console.error(`Not everything had stopped after ${stopLimitMs / 1000} s; ending now.`);
      process.exit(exitCode);
    }, stopLimitMs).unref();
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller.signal;
}

function systemTerminal(): Terminal {
  const { stdout } = process;
  return {
    interactive: stdout.isTTY,
    columns: stdout.columns ?? 80,
    write: (text) => void stdout.write(text),
    now: () => performance.now(),
  };
}
