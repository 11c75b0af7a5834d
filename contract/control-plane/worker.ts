import { z } from 'zod'

/** What the console gives its own control plane's thread as `workerData`. */
export const planeWorkerDataSchema = z.object({
  /** All that the plane keeps; made if it is not there, for its owner alone. One plane at a time. */
  dataDirectory: z.string(),
  /** 32 bytes, base64; opens the file of the groups' repository passwords. */
  secretsKey: z.base64(),
  /** Where consumers reach it over TLS, port 0 for any that is free; null for nowhere. */
  consumerListen: z.object({ host: z.string(), port: z.number().int().min(0).max(65_535) }).nullable(),
  version: z.string(),
  /** Changes need a raised safety session, as in a Canopy. */
  safetyModes: z.boolean(),
})
export type PlaneWorkerData = z.infer<typeof planeWorkerDataSchema>

/**
 * What it posts once, when it listens. Told `'close'` it shuts down cleanly and its thread ends by itself; one that cannot start
 * ends with an error whose message says why.
 */
export const planeWorkerReadySchema = z.object({
  /** `http://127.0.0.1:port`, for whoever has the token. */
  operatorUrl: z.string(),
  /** For `Authorization: Bearer`; made anew at each start, and kept nowhere. */
  token: z.string(),
  /** `https://host:port` of the consumers' API; null where it listens for none. */
  consumerUrl: z.string().nullable(),
  /** SHA-256 of the public key of the plane's certificate, base64url. */
  planePin: z.string(),
})
export type PlaneWorkerReady = z.infer<typeof planeWorkerReadySchema>
