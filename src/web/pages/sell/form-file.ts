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
 * Reads a multipart form of text fields, and after them one file called `name`; also a form without files. A file of more than
 * 5 MB is answered as `tooLarge`, not thrown, so that nothing typed is lost.
 */
export async function fileForm(request: FastifyRequest, name: string): Promise<FileForm & { tooLarge?: Refusal }> {
  if (!request.isMultipart()) return { values: formValues(request) };
  const fields: Record<string, string[]> = {};
  let file: Buffer | undefined;
  let tooLarge: Refusal | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (typeof part.value === "string") (fields[part.fieldname] ??= []).push(part.value);
      } else {
        const bytes = await part.toBuffer();
        if (part.fieldname === name && bytes.length > 0) file = bytes;
      }
    }
  } catch (error) {
    if ((error as { code?: unknown }).code !== "FST_REQ_FILE_TOO_LARGE") throw error;
    tooLarge = new Refusal("too_large", "The file is larger than 5 MB.", { field: name });
  }
  return { values: new FormValues(fields), ...(file ? { file } : {}), ...(tooLarge ? { tooLarge } : {}) };
}
