import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { describeError } from '../../../client/describe-fault.ts'
import { useAddToBasket, useRevealPath } from '../../basket/index.ts'
import type { ResultSubject } from './result-subject.ts'

type Found = Pick<ResultSubject, 'place' | 'rootTreeId' | 'path'>

export interface ResultActions {
  /** A tree is being opened down to a path. */
  readonly isOpening: boolean
  show(found: Found): void
  restore(found: Found): void
  basket(found: Found): void
  versions(subject: ResultSubject): void
  preview(subject: Previewed): void
}

/** A file that is looked into. */
export interface Previewed extends Pick<ResultSubject, 'place' | 'path'> {
  readonly size: number
}

/** A drawer's subject stays while it closes: it would be empty on its way out. */
interface Drawn<T> {
  readonly subject: T
  readonly opened: boolean
}

export interface ResultDrawers {
  readonly versions: Drawn<ResultSubject> | null
  readonly preview: Drawn<Previewed> | null
  closeVersions(): void
  closePreview(): void
}

/** What can be done with what was found. */
export function useResultActions(): { readonly actions: ResultActions; readonly drawers: ResultDrawers } {
  const navigate = useNavigate()
  const reveal = useRevealPath()
  const add = useAddToBasket()
  const [isOpening, setOpening] = useState(false)
  const [versions, setVersions] = useState<Drawn<ResultSubject> | null>(null)
  const [preview, setPreview] = useState<Drawn<Previewed> | null>(null)

  const lead = async ({ place, rootTreeId, path }: Found, choose: 'alone' | 'no'): Promise<void> => {
    if (isOpening) return
    setOpening(true)
    try {
      await reveal(place, rootTreeId, path, { choose })
      const { hostId, repositoryId: repository, snapshotId: snapshot } = place
      if (choose === 'alone')
        await navigate({ to: '/hosts/$hostId/restore', params: { hostId }, search: { repository, snapshot } })
      else await navigate({ to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId', params: place })
    } catch (error) {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`, autoClose: false })
    } finally {
      setOpening(false)
    }
  }
  const addAll = async (found: Found): Promise<void> => {
    if (isOpening) return
    setOpening(true)
    await add(found).finally(() => setOpening(false))
  }
  return {
    actions: {
      isOpening,
      show: (found) => void lead(found, 'no'),
      restore: (found) => void lead(found, 'alone'),
      basket: (found) => void addAll(found),
      versions: (subject) => setVersions({ subject, opened: true }),
      preview: (subject) => setPreview({ subject, opened: true }),
    },
    drawers: {
      versions,
      preview,
      // Escape reaches both when a preview is open above the versions, and is meant for the upper one.
      closeVersions: () => preview?.opened !== true && setVersions(closed),
      closePreview: () => setPreview(closed),
    },
  }
}

function closed<T>(drawn: Drawn<T> | null): Drawn<T> | null {
  return drawn === null ? null : { ...drawn, opened: false }
}
