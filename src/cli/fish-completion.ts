import {type CommandEntry, commandTable} from './command-table.ts'

/** A completion script for fish, for which oclif has none: commands with their aliases, their parameters and the values these can have. */
export async function fishCompletion(): Promise<string> {
  const lines = await Promise.all(Object.entries<CommandEntry>(commandTable).map(ofCommand))
  return `# fedctl autocomplete script fish > ~/.config/fish/completions/fedctl.fish\n${lines.join('')}`
}

async function ofCommand([id, {aliases, summary, load}]: [string, CommandEntry]): Promise<string> {
  const {default: Class} = await load()
  const names = [id, ...aliases].join(' ')
  const flags = Object.entries({...Class.flags, ...Class.baseFlags}).filter(([, {hidden}]) => hidden !== true)
  const parameters = flags.map(([name, {char, summary, ...flag}]) => {
    const values =
      flag.type === 'option' && flag.options !== undefined ? ` -xa ${quoted(flag.options.join(' '))}` : ' -r'
    const short = char === undefined ? '' : ` -s ${char}`
    return `complete -c fedctl -n '__fish_seen_subcommand_from ${names}' -l ${name}${short}${flag.type === 'option' ? values : ''} -d ${quoted(summary ?? '')}\n`
  })
  return `complete -c fedctl -f -n __fish_use_subcommand -a '${names}' -d ${quoted(summary)}\n${parameters.join('')}`
}

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`
