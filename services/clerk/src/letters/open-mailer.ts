import type { Settings } from '../settings.ts'
import { openFolderMailer } from './folder-mailer.ts'
import type { Mailer } from './mailer.ts'
import { openSmtpMailer } from './smtp-mailer.ts'

/** SMTP where there is a server, else the folder, which development alone may have. */
export function openMailer(settings: Settings): Mailer {
  const from = { from: settings.MAIL_FROM, replyTo: settings.MAIL_REPLY_TO, bouncesTo: settings.BOUNCE_ADDRESS }
  return settings.SMTP_URL === undefined
    ? openFolderMailer({ ...from, folder: settings.MAIL_DIR! })
    : openSmtpMailer({ ...from, url: settings.SMTP_URL, requireTls: settings.MODE === 'production' })
}
