// What browsers and Node both have and ECMAScript does not name; all that `contract` may use beside the language.
declare class URL {
  constructor(url: string, base?: string)
  readonly pathname: string
}
