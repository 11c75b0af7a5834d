import { z } from 'zod'
import { fileNameSchema } from '../../contract/shapes/file-name.ts'
import { repositoryAccessSchema } from '../../contract/shapes/repository.ts'
import { snapshotIdSchema } from '../../contract/shapes/snapshot.ts'
import { ExpectedItems } from '../../engine/restore/expected-items.ts'
import type { RestoreFilesRequest } from '../../engine/restore/run-passes.ts'

/** What a restore is, as far as it can be told to another process. */
export type RestoreOrder = Pick<RestoreFilesRequest, 'repository' | 'snapshot' | 'prepared' | 'targetPath'>

const count = z.number().int().nonnegative()

const passSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everything') }),
  z.object({ kind: z.enum(['include', 'exclude']), paths: z.array(fileNameSchema) }),
])

const headSchema = z.object({
  repository: z.object({
    restic: z.object({ path: z.string(), version: z.string() }),
    access: repositoryAccessSchema,
    cacheDirectory: z.string(),
    mark: z.record(z.string(), z.string()),
  }),
  snapshot: z.object({ id: snapshotIdSchema }),
  targetPath: z.string(),
  passes: z.array(passSchema),
  hash: z.string(),
  /** How many paths of expected items follow: an order that breaks off is none. */
  expected: count,
})

/** Paths, and at the same place of the other list the sizes of all that look alike. */
const portionSchema = z.object({ paths: z.array(fileNameSchema), sizes: z.array(z.array(count)) })

/** Paths in one line: text has a limit, and a snapshot has millions of them. */
const PORTION = 10_000

/** An order as standard input carries it, secrets included: a line of JSON, then as many as it takes with what is expected. */
export function writeOrder({ repository, snapshot, prepared, targetPath }: RestoreOrder): Buffer {
  const { passes, hash, expected } = prepared
  const { restic, access, cacheDirectory, mark } = repository
  const head: z.input<typeof headSchema> = {
    repository: { restic, access, cacheDirectory, mark: { ...mark } },
    snapshot: { id: snapshot.id },
    targetPath,
    passes: passes.map((pass) => (pass.kind === 'everything' ? pass : { ...pass, paths: [...pass.paths] })),
    hash,
    expected: expected.sizes.size,
  }
  const lines = [lineOf(head)]
  const all = [...expected.sizes]
  for (let at = 0; at < all.length; at += PORTION) {
    const portion = all.slice(at, at + PORTION)
    lines.push(lineOf({ paths: portion.map(([path]) => path), sizes: portion.map(([, sizes]) => sizes) }))
  }
  return Buffer.concat(lines)
}

/** The order that was written so. Throws `SyntaxError`, `ZodError` or `RangeError` for bytes that are none, or not all of one. */
export function readOrder(bytes: Buffer): RestoreOrder {
  const lines = linesOf(bytes)
  const first = lines.next()
  if (first.done) throw new RangeError('There is no order on standard input.')
  const { passes, hash, expected: announced, ...order } = headSchema.parse(first.value)
  const items: [string, readonly number[]][] = []
  for (const line of lines) {
    const { paths, sizes } = portionSchema.parse(line)
    for (const [at, path] of paths.entries()) items.push([path, sizes[at] ?? []])
  }
  if (items.length !== announced) throw new RangeError(`${items.length} of ${announced} expected items were told.`)
  const expected = new ExpectedItems(items)
  return { ...order, prepared: { passes, hash, expected, files: expected.files, bytes: expected.bytes } }
}

function lineOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

/** Each whole line as the value that it writes. */
function* linesOf(bytes: Buffer): Generator<unknown, undefined, undefined> {
  let start = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    yield JSON.parse(bytes.toString('utf8', start, end))
    start = end + 1
  }
}
