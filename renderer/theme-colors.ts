/** The run states' and the links' colours, each readable as text (4.5:1) on every surface it may stand on. */
export interface Palette {
  readonly page: string
  readonly panel: string
  readonly ink: string
  readonly dim: string
  readonly line: string
  readonly hover: string
  readonly chosen: string
  readonly accent: string
  readonly succeeded: string
  readonly partial: string
  readonly failed: string
  readonly running: string
  readonly interrupted: string
  readonly cancelled: string
  readonly unknown: string
}

export const light: Palette = {
  page: '#f6f7f9',
  panel: '#ffffff',
  ink: '#1a1f27',
  dim: '#5b6472',
  line: '#e3e6eb',
  hover: '#f0f3f7',
  chosen: '#e4f1f0',
  accent: '#0a7772',
  succeeded: '#17703c',
  partial: '#8a5300',
  failed: '#b92c2c',
  running: '#2059b8',
  interrupted: '#7344bd',
  cancelled: '#5b6472',
  unknown: '#5b6472',
}

export const dark: Palette = {
  page: '#12151a',
  panel: '#191d24',
  ink: '#e6e9ee',
  dim: '#98a2b1',
  line: '#2a303a',
  hover: '#20262f',
  chosen: '#14332f',
  accent: '#2bb3a8',
  succeeded: '#4cc27d',
  partial: '#e0a84a',
  failed: '#f58a8a',
  running: '#79acf8',
  interrupted: '#bda0f4',
  cancelled: '#98a2b1',
  unknown: '#98a2b1',
}
