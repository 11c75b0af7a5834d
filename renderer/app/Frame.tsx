import { Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useConnection } from '../client/client-context.tsx'
import { VaultGate } from '../features/vault/index.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Footer } from './Footer.tsx'
import classes from './Frame.module.css'
import { Rail } from './Rail.tsx'
import { RefusedPage } from './RefusedPage.tsx'
import { TopBar } from './TopBar.tsx'

/** What stands around every screen: where one is, where one can go, which keys work, and what is going on. */
export function Frame(): ReactElement {
  const connection = useConnection()
  if (connection.state === 'refused') return <RefusedPage why={connection.why} />
  return (
    <div className={classes['frame']}>
      <TopBar />
      <Rail />
      <div className={classes['middle']}>
        <ConnectionBanner connection={connection} />
        <main className={classes['main']}>
          <VaultGate>
            <Outlet />
          </VaultGate>
        </main>
      </div>
      <Footer connection={connection} />
    </div>
  )
}
