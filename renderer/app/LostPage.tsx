import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { EmptyState } from '../components/EmptyState.tsx'
import { Page } from '../components/Page.tsx'
import { useTrail } from '../components/trail.tsx'

/** An address that leads nowhere. */
export function LostPage(): ReactElement {
  useTrail([{ label: 'Nothing here' }])
  return (
    <Page title="Nothing here">
      <EmptyState
        title="This address does not lead anywhere"
        action={
          <Button component={Link} to="/">
            Go to the hosts
          </Button>
        }
      >
        It may be from another version of the console, or was not copied whole.
      </EmptyState>
    </Page>
  )
}
