/** What the address of a scene asks for besides the screen: `font` in per cent, `contrast=more`, `density=roomy`, `lang`. */
export function askedPreferences(asked: URLSearchParams): Record<string, unknown> {
  const font = Number(asked.get('font') ?? 100)
  return {
    fontSize: font,
    ...(asked.get('contrast') === 'more' ? { contrast: 'more' } : {}),
    ...(asked.get('density') === 'roomy' ? { density: 'roomy' } : {}),
    ...(asked.has('lang') ? { language: asked.get('lang') } : {}),
  }
}
