import { isFault } from '../../../contract/errors.ts'
import type { RepositoryAccess, RepositoryProbe } from '../../../contract/shapes/repository.ts'
import { schemeOf, wordsOf } from './repository-address.ts'

/** What the form holds. */
export interface RepositoryForm extends RepositoryAccess {
  readonly name: string
}

export const EMPTY_FORM: RepositoryForm = { name: '', url: '', username: '', serverPassword: '', password: '' }

/** What a test of some values said; it counts for exactly these values. */
export type AccessTest =
  | { readonly state: 'running'; readonly access: RepositoryAccess }
  | { readonly state: 'passed'; readonly access: RepositoryAccess; readonly probe: RepositoryProbe }
  | { readonly state: 'failed'; readonly access: RepositoryAccess; readonly error: unknown }

/** What opens the repository; credentials of a server are left out where the place takes none. */
export function accessOf({ url, username, serverPassword, password }: RepositoryForm): RepositoryAccess {
  const address = url.trim()
  const taken = wordsOf(schemeOf(address)).credentials !== null
  return { url: address, username: taken ? username : '', serverPassword: taken ? serverPassword : '', password }
}

/** The test, where it was one of what the form holds now. */
export function currentTest(test: AccessTest | null, form: RepositoryForm): AccessTest | null {
  return test !== null && sameAccess(test.access, accessOf(form)) ? test : null
}

/** What may be done with what the form holds now: only what was tested is kept, and only where nothing is can something be made. */
export function allowedBy(test: AccessTest | null): 'nothing' | 'save' | 'initialise' {
  if (test?.state === 'passed') return 'save'
  return test?.state === 'failed' && isFault(test.error, 'repository_not_initialised') ? 'initialise' : 'nothing'
}

function sameAccess(a: RepositoryAccess, b: RepositoryAccess): boolean {
  return (
    a.url === b.url && a.username === b.username && a.serverPassword === b.serverPassword && a.password === b.password
  )
}
