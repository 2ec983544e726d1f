import {createHash} from 'node:crypto'
import type {Answer} from '../../api/call.ts'
import {escapeHtml} from '../../sign-in/render-page.ts'

/** Something to fill in. */
export interface Input {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'email'
  readonly value?: string
  /** As browsers and password managers know it. */
  readonly autocomplete: string
}

/** A page with one form, which needs no script. */
export interface FormPage {
  readonly title: string
  /** What it is about, a paragraph each. */
  readonly texts?: readonly string[]
  /** What was wrong with what was sent last. */
  readonly problem?: string | undefined
  /** Where the form is posted to. */
  readonly action: string
  readonly hidden?: Readonly<Record<string, string>>
  readonly inputs?: readonly Input[]
  /** What can be pressed: the words, and the name under which it is sent. */
  readonly buttons: readonly {readonly label: string; readonly name?: string}[]
  /** Sent at once where scripts run: nobody has anything to fill in. */
  readonly isSentAtOnce?: boolean
  /** Where the answer to the form may send the browser, besides this site: an address. */
  readonly nextHop?: string | undefined
}

/** The page. Only where it says may the form go, and where that leads; nothing else on it can do anything. */
export function renderForm(page: FormPage, status = 200): Answer {
  const {title, texts = [], problem, action, hidden = {}, inputs = [], buttons} = page
  const body = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>`,
    `<body><h1>${escapeHtml(title)}</h1>`,
    ...texts.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(problem === undefined ? [] : [`<p role="alert">${escapeHtml(problem)}</p>`]),
    `<form method="post" action="${escapeHtml(action)}">`,
    ...Object.entries(hidden).map(([name, value]) => `<input type="hidden"${attributes({name, value})}>`),
    ...inputs.map(renderInput),
    ...buttons.map(
      ({label, name}) =>
        `<button${name === undefined ? '' : attributes({name, value: '1'})}>${escapeHtml(label)}</button>`,
    ),
    `</form>${page.isSentAtOnce ? `<script>${sending}</script>` : ''}</body></html>`,
    '',
  ].join('\n')
  return {status, body, headers: pageHeaders(formTargets(page), page.isSentAtOnce ? sendingHash : undefined)}
}

const renderInput = ({name, label, type = 'text', value = '', autocomplete}: Input): string =>
  `<p><label>${escapeHtml(label)} <input required${attributes({type, name, value, autocomplete})}></label></p>`

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('')

const sending = 'document.forms[0].submit()'
const sendingHash = `'sha256-${createHash('sha256').update(sending).digest('base64')}'`

/** Browsers hold the answer's redirection against this, too. */
function formTargets({action, nextHop}: FormPage): string {
  const targets = [
    action.startsWith('/') ? "'self'" : sourceOf(action),
    ...(nextHop === undefined ? [] : [sourceOf(nextHop)]),
  ]
  return [...new Set(targets)].join(' ')
}

/** An address as a policy names it: its origin, or its scheme when it is that of an application. */
function sourceOf(address: string): string {
  const {protocol, host} = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${host}` : protocol
}

/**
 * The headers of a page that may post its form to these targets, and run at most the one script with this hash. The referrer policy lets the browser say to us alone that the form came
 * from here.
 */
export const pageHeaders = (targets: string, script?: string): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; ${script === undefined ? '' : `script-src ${script}; `}base-uri 'none'; form-action ${targets}; frame-ancestors 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
})
