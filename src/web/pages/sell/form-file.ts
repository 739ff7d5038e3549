// Forms with a file: what was typed, and the bytes that came with it.

import type { FastifyRequest } from "fastify";
import { Refusal } from "../../../domain/refusals.ts";
import { FormValues, formValues } from "../../form-values.ts";

export interface FileForm {
  values: FormValues;
  /** Undefined if none was chosen. */
  file?: Buffer;
}

/**
 * Reads a multipart form of text fields and one file called `name`; also a form without files. A file of more than 5 MB refuses
 * `too_large` once the fields are read, through `tooLarge`, so that nothing typed is lost.
 */
export async function fileForm(request: FastifyRequest, name: string): Promise<FileForm & { tooLarge?: Refusal }> {
  if (!request.isMultipart()) return { values: formValues(request) };
  const fields: Record<string, string[]> = {};
  let file: Buffer | undefined;
  let tooLarge: Refusal | undefined;
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string" && Object.keys(fields).length < 100)
        (fields[part.fieldname] ??= []).push(part.value);
    } else {
      const bytes = await part.toBuffer().catch(() => undefined);
      if (!bytes) tooLarge = new Refusal("too_large", "The file is larger than 5 MB.", { field: name });
      else if (part.fieldname === name && bytes.length > 0) file = bytes;
    }
  }
  return { values: new FormValues(fields), ...(file ? { file } : {}), ...(tooLarge ? { tooLarge } : {}) };
}
