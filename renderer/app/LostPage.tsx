import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { EmptyState } from '../components/EmptyState.tsx'
import { Page } from '../components/Page.tsx'
import { useTrail } from '../components/trail.tsx'

/** An address that leads nowhere. */
export function LostPage(): ReactElement {
  useTrail([{ label: t`Nothing here` }])
  return (
    <Page title={t`Nothing here`}>
      <EmptyState
        title={t`This address does not lead anywhere`}
        action={<Button component={Link} to="/">{t`Go to the hosts`}</Button>}
      >{t`It may be from another version of the console, or was not copied whole.`}</EmptyState>
    </Page>
  )
}
