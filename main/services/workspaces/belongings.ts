/** What a call may name by its id, and belongs to a workspace: itself, or by its host. */
export type Belonging = 'host' | 'run' | 'repository' | 'fan-out' | 'plane'

export interface Named {
  readonly what: Belonging
  readonly id: string
}

/** By the field's name, wherever it stands in an input. */
const FIELDS: Readonly<Record<string, Belonging>> = {
  hostId: 'host',
  hostIds: 'host',
  runId: 'run',
  runIds: 'run',
  repositoryId: 'repository',
  repositoryIds: 'repository',
  fanOutId: 'fan-out',
  planeId: 'plane',
}

/** Every id that an input names, however deep; the input is as it came, and may be anything. */
export function namedIn(input: unknown): Named[] {
  const found: Named[] = []
  const waiting: unknown[] = [input]
  while (waiting.length > 0) {
    const one = waiting.pop()
    if (typeof one !== 'object' || one === null) continue
    for (const [field, value] of Object.entries(one)) {
      const what = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined
      if (what !== undefined) found.push(...textsOf(value).map((id) => ({ what, id })))
      waiting.push(value)
    }
  }
  return found
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string')
}
