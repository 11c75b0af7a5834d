export interface NameParts {
  readonly group: string
  /** Null for every machine of the group. */
  readonly machine: string | null
  readonly intent: string
}

/** `group[-machine]-intent` in small letters and hyphens; past names that are taken, `-2`, `-3` and so on. */
export function suggestName({ group, machine, intent }: NameParts, taken: ReadonlySet<string>): string {
  const base = [group, machine ?? '', intent]
    .map(kebab)
    .filter((part) => part !== '')
    .join('-')
  if (base === '' || !taken.has(base)) return base
  for (let count = 2; ; count += 1) {
    const name = `${base}-${count}`
    if (!taken.has(name)) return name
  }
}

function kebab(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
