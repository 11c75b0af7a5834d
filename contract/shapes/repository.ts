import { z } from 'zod'

/** What opens a repository. The only shape that carries secrets; it travels towards the agent and never back. */
export const repositoryAccessSchema = z.object({
  /** As restic takes it: a local path, `rest:`, `s3:`, `sftp:` … without user name and password. */
  url: z.string().trim().min(1, 'Say where the repository is.').max(4096),
  /** User of the REST server, or access key of an S3 store; empty where there is none. */
  username: z.string().max(1024),
  /** Password of the REST server, or secret key of an S3 store; empty where there is none. */
  serverPassword: z.string().max(4096),
  /** The repository's own password. */
  password: z.string().max(4096),
})
export type RepositoryAccess = z.infer<typeof repositoryAccessSchema>

/** A repository as anyone may see it: nothing secret is in it. */
export const repositoryViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  /** Made by the console to be tried out. */
  sample: z.boolean(),
  addedAt: z.iso.datetime(),
})
export type RepositoryView = z.infer<typeof repositoryViewSchema>

/** What a successful test found. */
export const repositoryProbeSchema = z.object({
  snapshots: z.number().int().nonnegative(),
  /** Someone else holds an exclusive lock: browsing works, a restore waits for it. */
  lockedBy: z.string().nullable(),
})
export type RepositoryProbe = z.infer<typeof repositoryProbeSchema>
