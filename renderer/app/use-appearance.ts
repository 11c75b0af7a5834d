import { useMediaQuery } from '@mantine/hooks'
import { useLayoutEffect } from 'react'
import { usePreference } from '../components/preferences.ts'

/** Sizes and contrast as they were chosen, on the whole page; what is drawn looks at the root for them. */
export function useAppearance(): void {
  const fontSize = usePreference('fontSize')
  const density = usePreference('density')
  const contrast = usePreference('contrast')
  const asked = useMediaQuery('(prefers-contrast: more)')
  const isStrong = contrast === 'more' || asked === true
  useLayoutEffect(() => {
    const { documentElement: root } = document
    root.style.fontSize = fontSize === 100 ? '' : `${fontSize}%`
    // As `useRowHeight` has it, for rows whose height stands in a style sheet.
    root.style.setProperty('--text', String(fontSize / 100))
    root.style.setProperty('--room', density === 'roomy' ? '8px' : '0px')
    root.toggleAttribute('data-strong', isStrong)
  }, [fontSize, density, isStrong])
}
