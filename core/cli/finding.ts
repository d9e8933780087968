/** What was looked at, `cli.doctor.<name>` in words; `bad` stops the program, `warn` does not. */
export interface Finding {
  readonly name: string
  readonly level: 'good' | 'warn' | 'bad'
  readonly detail: string
}
