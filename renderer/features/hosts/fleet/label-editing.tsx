import { createContext, useContext } from 'react'

interface Editing {
  /** The host whose labels are being edited; null while none are. */
  readonly hostId: string | null
  edit(hostId: string | null): void
}

const LabelEditingContext = createContext<Editing>({ hostId: null, edit: () => undefined })

export const LabelEditing = LabelEditingContext

/** Whether the labels of this host are being edited, from wherever in its row that began. */
export function useLabelEditing(hostId: string): { readonly opened: boolean; open(): void; close(): void } {
  const { hostId: edited, edit } = useContext(LabelEditingContext)
  return { opened: edited === hostId, open: () => edit(hostId), close: () => edit(null) }
}
