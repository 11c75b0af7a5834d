import { Outlet } from '@tanstack/react-router'
import { memo, type ReactElement, useEffect } from 'react'
import { useConnection } from '../client/client-context.tsx'
import { useOfHosts } from '../client/hosts-context.tsx'
import { useCrumbs } from '../components/trail.tsx'
import { Notices } from '../features/notices/index.ts'
import { VaultGate } from '../features/vault/index.ts'
import { Commands } from './Commands.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Footer } from './Footer.tsx'
import classes from './Frame.module.css'
import { Rail } from './Rail.tsx'
import { RefusedPage } from './RefusedPage.tsx'
import { TopBar } from './TopBar.tsx'
import { useAppearance } from './use-appearance.ts'
import { useArrival } from './use-arrival.ts'
import { useCutTitles } from './use-cut-titles.ts'
import { useMask } from './use-mask.ts'
import { useShellWords } from './use-shell-words.ts'
import { goingOn, windowTitle } from './window-title.ts'

/** What stands around every screen: where one is, where one can go, which keys work, and what is going on. */
export function Frame(): ReactElement {
  const connection = useConnection()
  useAppearance()
  useCutTitles()
  useMask()
  useShellWords()
  if (connection.state === 'refused') return <RefusedPage why={connection.why} />
  return (
    <div className={classes['frame']}>
      <Whereabouts />
      <Notices />
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
      <Commands />
      <Footer connection={connection} />
    </div>
  )
}

/** What follows where one is; apart from the frame, which is not drawn again for it. */
const Whereabouts = memo(function Whereabouts(): null {
  useArrival()
  const title = windowTitle(useOfHosts(goingOn), useCrumbs())
  useEffect(() => {
    document.title = title
  }, [title])
  return null
})
