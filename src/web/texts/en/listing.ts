// Texts of a show's pictures, as the page's script says them. {name} is the file's, {least} pixels.

export const listingTexts = {
  crop: {
    what: "Part of the picture to show, two wide and three high. Drag it, or move it with the arrow keys; plus and minus change its size.",
    box: "Part of the picture",
    left: "From the left",
    top: "From the top",
    width: "Width",
    use: "Use this part",
    sending: "Sending {name}",
    kept: "{name} is ready: save the show to keep it.",
    kind: "{name} is no PNG, JPEG or WebP picture.",
    size: "{name} is larger than 5 MB.",
    small: "{name} is too small: a poster needs {least} pixels to each side.",
    broken: "{name} cannot be read; it may be damaged.",
    refused: "{name} was refused: {why}",
    failed: "{name} could not be sent. Try again.",
  },
};
