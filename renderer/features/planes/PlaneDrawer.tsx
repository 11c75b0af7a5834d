import { t } from '@lingui/core/macro'
import { Drawer, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Plane } from '../../../contract/shapes/plane.ts'
import { AddPlane } from './AddPlane.tsx'
import { ChangePlane } from './ChangePlane.tsx'

export interface PlaneDrawerProps {
  /** The one that is changed, `new` for another one, null for none. */
  readonly of: Plane | 'new' | null
  onClose(): void
}

/** Adds a control plane, or changes how one is reached. */
export function PlaneDrawer({ of, onClose }: PlaneDrawerProps): ReactElement {
  const title = of === null ? '' : of === 'new' ? t`Add a control plane` : of.name
  return (
    <Drawer
      opened={of !== null}
      onClose={onClose}
      title={<Text fw={650}>{title}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {of === 'new' && <AddPlane onDone={onClose} />}
      {of !== null && of !== 'new' && <ChangePlane key={of.id} plane={of} onDone={onClose} />}
    </Drawer>
  )
}
