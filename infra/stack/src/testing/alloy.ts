/** Labels of a line, by name; those that begin with `__` do not leave Alloy. */
export type Labels = Record<string, string>

/** What the journal says of a line. */
interface Written {
  unit?: string
  identifier?: string
  priority?: string
}

/** A line as Loki gets it. */
interface Sent {
  labels: Labels
  line: string
}

interface Rule {
  source?: string
  regex: RegExp
  target: string
  replacement: string
}
interface Match {
  /** Labels that a line has to have. */
  matchers: { label: string; value: RegExp }[]
  contains: RegExp | undefined
  gives: Labels
  /** What the stage takes out of the line, and what stands there instead. */
  rewrites: { expression: RegExp; by: string } | undefined
}

/**
 * Reads the part of Alloy's configuration that decides on labels and lines, as far as ours uses it: rules that replace, and
 * stages that match and give labels or rewrite the line. Anything else in their place is an error.
 */
export function readAlloy(config: string) {
  const rules = [...config.matchAll(/^ {2}rule \{\n([\s\S]*?)^ {2}\}/gm)].map(([, text]) => ruleOf(text!))
  const matches = [...config.matchAll(/^ {2}stage\.match \{\n([\s\S]*?)^ {2}\}/gm)].map(([, text]) => matchOf(text!))
  const keep = wordsOf(/stage\.label_keep \{\s*values = \[(.*)\]/.exec(config)![1]!)
  const files = new Map(
    [...config.matchAll(/^ {4}\{__path__ = "(.*?)", (.*)\},$/gm)].map(([, path, text]) => [path!, labelsOf(text!)]),
  )
  /** What the stages make of a line that has these labels. */
  const staged = (labels: Labels, line: string): Sent => {
    let text = line
    for (const { matchers, contains, gives, rewrites } of matches) {
      const isMatch = matchers.every(({ label, value }) => value.test(labels[label] ?? ''))
      if (!isMatch || contains?.test(text) === false) continue
      Object.assign(labels, gives)
      if (rewrites) text = text.replace(rewrites.expression, (all, taken: string) => all.replace(taken, rewrites.by))
    }
    return { labels: Object.fromEntries(Object.entries(labels).filter(([name]) => keep.includes(name))), line: text }
  }
  const sentOfJournal = ({ unit = '', identifier = '', priority = 'info' }: Written, line: string): Sent => {
    const labels: Labels = {
      ['__journal__systemd_unit']: unit,
      ['__journal_syslog_identifier']: identifier,
      ['__journal_priority_keyword']: priority,
    }
    for (const rule of rules) applyRule(rule, labels)
    return staged(labels, line)
  }
  const sentOfFile = (path: string, line: string): Sent => {
    const labels = files.get(path)
    if (!labels) throw new Error(`Alloy does not read ${path}`)
    return staged({ ...labels }, line)
  }
  return {
    rules,
    matches,
    keep,
    files,
    /** What Loki gets of a line of the journal. */
    sentOfJournal,
    /** What Loki gets of a line of a file. @throws Error for a file that Alloy does not read */
    sentOfFile,
    /** The labels of a line of the journal. */
    ofJournal: (written: Written, line = 'a line'): Labels => sentOfJournal(written, line).labels,
    /** The labels of a line of a file. @throws Error for a file that Alloy does not read */
    ofFile: (path: string, line: string): Labels => sentOfFile(path, line).labels,
  }
}

function applyRule({ source, regex, target, replacement }: Rule, labels: Labels): void {
  const found = regex.exec(source === undefined ? '' : (labels[source] ?? ''))
  if (found) labels[target] = replacement.replaceAll(/\$(\d)/g, (_, at: string) => found[Number(at)] ?? '')
}

function ruleOf(text: string): Rule {
  const facts = labelsOf(text.replaceAll('\n', ','))
  const source = /source_labels = \["(\w+)"\]/.exec(text)?.[1]
  const { target_label: target, replacement = '$1', regex = '(.*)', ...rest } = facts
  if (target === undefined || Object.keys(rest).length > 0) throw new Error(`not a rule that is known here: ${text}`)
  return { ...(source && { source }), regex: new RegExp(`^(?:${regex})$`, 's'), target, replacement }
}

function matchOf(text: string): Match {
  const selector = /selector = `\{(.*?)\}(?: \|~ (".*"))?`/.exec(text)
  const values = /stage\.static_labels \{\s*values = \{(.*)\}/.exec(text)?.[1]
  const replace = /stage\.replace \{\s*expression = `(.*)`\s*replace\s+= "(.*)"/.exec(text)
  if (!selector || (values === undefined && !replace)) throw new Error(`not a stage that is known here: ${text}`)
  const matchers = [...selector[1]!.matchAll(/(\w+)=(~?)"([^"]*)"/g)].map(([, label, sign, value]) => ({
    label: label!,
    value: new RegExp(`^(?:${sign === '' ? value!.replaceAll(/[.*+?[\](){}|^$\\]/g, String.raw`\$&`) : value})$`),
  }))
  const contains = selector[2] === undefined ? undefined : new RegExp(JSON.parse(selector[2]) as string)
  const rewrites = replace ? { expression: new RegExp(replace[1]!, 'g'), by: replace[2]! } : undefined
  return { matchers, contains, gives: labelsOf(values ?? ''), rewrites }
}

const labelsOf = (text: string): Labels =>
  Object.fromEntries([...text.matchAll(/(\w+)\s+= "([^"]*)"/g)].map(([, name, value]) => [name!, value!]))
const wordsOf = (text: string) => [...text.matchAll(/"(\w+)"/g)].map(([, word]) => word!)
