import { openS3 } from "../media/s3-setting.ts";
import { originContract } from "./origin.ts";

originContract("S3", () => openS3());
originContract("S3 below a prefix", () => openS3({ prefix: "marquee/prod/" }));
originContract("S3 without conditional writes", () => openS3({ conditionalWrites: false }));
