// Where files lie that are served as they are, under names that never change their content. Back ends: a folder that the
// application serves itself (folder.ts); object storage behind a CDN in a fleet.

export interface StaticContent {
  /**
   * Keeps bytes for ever under a name such as `media/ab/abcd….webp`; answers the path below the static content's root.
   * The same name always has the same bytes, so putting it again changes nothing.
   */
  put(name: string, bytes: Uint8Array, contentType: string): Promise<string>;
}
