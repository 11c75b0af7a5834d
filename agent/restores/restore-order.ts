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
  /** How many lines of expected items follow: an order that breaks off is none. */
  lines: count,
})

const expectedSchema = z.tuple([fileNameSchema], count)

/** Expected items are made into bytes so many at a time: text has a limit, and a snapshot has millions. */
const PORTION = 10_000

/**
 * An order as standard input carries it, secrets included: a line of JSON, then one for each path that is expected, with
 * the sizes of all that look alike.
 */
export function writeOrder({ repository, snapshot, prepared, targetPath }: RestoreOrder): Buffer {
  const { passes, hash, expected } = prepared
  const { restic, access, cacheDirectory, mark } = repository
  const head: z.input<typeof headSchema> = {
    repository: { restic, access, cacheDirectory, mark: { ...mark } },
    snapshot: { id: snapshot.id },
    targetPath,
    passes: passes.map((pass) => (pass.kind === 'everything' ? pass : { ...pass, paths: [...pass.paths] })),
    hash,
    lines: expected.sizes.size,
  }
  const portions = [Buffer.from(lineOf(head))]
  let lines: string[] = []
  for (const [path, sizes] of expected.sizes) {
    lines.push(lineOf([path, ...sizes]))
    if (lines.length < PORTION) continue
    portions.push(Buffer.from(lines.join('')))
    lines = []
  }
  return Buffer.concat([...portions, Buffer.from(lines.join(''))])
}

/** The order that was written so. Throws `SyntaxError`, `ZodError` or `RangeError` for bytes that are none, or not all of one. */
export function readOrder(bytes: Buffer): RestoreOrder {
  const lines = linesOf(bytes)
  const first = lines.next()
  const { passes, hash, lines: announced, ...order } = headSchema.parse(first.done ? undefined : first.value)
  const items: [string, readonly number[]][] = []
  for (const line of lines) {
    const [path, ...sizes] = expectedSchema.parse(line)
    items.push([path, sizes])
  }
  if (items.length !== announced) throw new RangeError(`${items.length} of ${announced} expected items were told.`)
  const expected = new ExpectedItems(items)
  return { ...order, prepared: { passes, hash, expected, files: expected.files, bytes: expected.bytes } }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Each whole line as the value that it writes. */
function* linesOf(bytes: Buffer): Generator<unknown, undefined, undefined> {
  let start = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    yield JSON.parse(bytes.toString('utf8', start, end))
    start = end + 1
  }
}
