// The editor's signs: 24 by 24, drawn with strokes of the text's colour.

const paths = {
  select: "M5 3l13 9.5-6 1.2L9.2 20z",
  row: "M3 17.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M8.5 12.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M15 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  block: "M3.5 3.5h17v17h-17zM7 8h.01M12 8h.01M17 8h.01M7 12h.01M12 12h.01M17 12h.01M7 16h.01M12 16h.01M17 16h.01",
  seat: "M7 4v8h10V4M5 12h14v5H5zM7 17v3M17 17v3",
  standing:
    "M8 7.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 20v-4H5.500v-3a3 3 0 0 1 3-2.500h3a3 3 0 0 1 3 2.500v3H13v4M16 6.500a1.600 1.600 0 1 0 3.200 0M17 10h1a2.500 2.500 0 0 1 2.500 2.500V15",
  pan: "M12 3v18M3 12h18M12 3 9.500 5.500M12 3l2.500 2.500M12 21l-2.500-2.500M12 21l2.500-2.500M3 12l2.500-2.500M3 12l2.500 2.500M21 12l-2.500-2.500M21 12l-2.500 2.500",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h3",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  begin: "M6 3h8l5 5v13H6zM14 3v5h5M12.500 11.500v6M9.500 14.500h6",
  exported: "M12 4v11M8 11l4 4 4-4M5 19h14",
  help: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  duplicate: "M8 8h12v12H8zM4 16V4h12",
  remove: "M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13M10 11v5.500M14 11v5.500",
  left: "M4 3v18M8 7h11v3.500H8zM8 14h6v3.500H8z",
  centre: "M12 3v3.500M12 10.500V14M12 17.500V21M6 7h12v3.500H6zM8.500 14h7v3.500h-7z",
  right: "M20 3v18M5 7h11v3.500H5zM10 14h6v3.500h-6z",
  top: "M3 4h18M7 8v11h3.500V8zM14 8v6h3.500V8z",
  middle: "M3 12h3.500M10.500 12H14M17.500 12H21M7 6v12h3.500V6zM14 8.500v7h3.500v-7z",
  bottom: "M3 20h18M7 5v11h3.500V5zM14 10v6h3.500v-6z",
  across: "M4 3v18M20 3v18M10 7h4v10h-4z",
  down: "M3 4h18M3 20h18M7 10h10v4H7z",
  turnLeft: "M4 5v5h5M4.600 10A8 8 0 1 1 4 13.500",
  turnRight: "M20 5v5h-5M19.400 10a8 8 0 1 0 .6 3.500",
  mirror: "M12 3v18M9 7v10L3.500 17zM15 7v10l5.500 0z",
  warning: "M12 4 2.500 20h19zM12 10v4.500M12 17.200h.01",
  good: "M5 12.500l4.500 4.500L19 7.500",
  fold: "M9 6l6 6-6 6",
  close: "M6 6l12 12M18 6 6 18",
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="editor-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** A button that is a sign; its name is read and shown by the pointer. */
export function IconButton(props: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
  /** Keys that do the same, as aria-keyshortcuts writes them. */
  keys?: string;
}) {
  const { icon, label, onClick, pressed, disabled = false, keys } = props;
  return (
    <button
      type="button"
      class="editor-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
