import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { KeyHint } from '../../components/KeyHint.tsx'
import classes from './Versions.module.css'
import type { VersionRow } from './version-rows.ts'

export interface VersionActionsProps {
  readonly row: VersionRow
  show(): unknown
  preview(): unknown
  add(): unknown
  restore(): unknown
}

/** What can be done with the version that is chosen; nothing while it is gone. */
export function VersionActions({ row: { node }, show, preview, add, restore }: VersionActionsProps): ReactElement {
  return (
    <div className={classes['actions']}>
      <Button
        variant="default"
        disabled={node === null}
        onClick={show}
        rightSection={<KeyHint keys="Enter" />}
      >{t`Show in tree`}</Button>
      <Button
        variant="default"
        disabled={node?.type !== 'file'}
        onClick={preview}
        rightSection={<KeyHint keys="p" />}
      >{t`Preview`}</Button>
      <Button
        variant="default"
        disabled={node === null}
        onClick={add}
        rightSection={<KeyHint keys="b" />}
      >{t`Add to basket`}</Button>
      <Button
        disabled={node === null}
        onClick={restore}
        rightSection={<KeyHint keys="r" />}
      >{t`Restore this version…`}</Button>
    </div>
  )
}
