/** What a list of paths says at one directory and below. */
export interface Branch {
  readonly children: Map<string, Branch>
  /** A path of the list ends here: what is below it is meant too. */
  ends: boolean
}

/** A list of paths, each with all below it, as a tree of names. */
export function branchOf(paths: readonly string[]): Branch {
  const root: Branch = { children: new Map(), ends: false }
  for (const path of paths) {
    let branch = root
    for (const name of path.split('/')) {
      if (name === '') continue
      const next = branch.children.get(name) ?? { children: new Map(), ends: false }
      branch.children.set(name, next)
      branch = next
    }
    branch.ends = true
  }
  return root
}
