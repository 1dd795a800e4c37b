import { Payee } from '@pix/contracts/refunds.ts'
import type { Sealed } from '@pix/db/schema/columns.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { open, seal } from '@pix/db/sealed/seal.ts'
import type { Context } from '../../base/context.ts'

type Keys = Pick<Context, 'settings'>

/** Encrypts where a refund goes, for its row alone. */
export const sealPayee = ({ settings }: Keys, refundId: string, payee: Payee): Sealed =>
  seal(settings.COLUMN_KEYS, refunds.payee, refundId, JSON.stringify(payee))

/** Where a refund goes; null where nobody said, and once that is erased. */
export const openPayee = ({ settings }: Keys, refundId: string, sealed: Sealed | null): Payee | null =>
  sealed && Payee.parse(JSON.parse(open(settings.COLUMN_KEYS, refunds.payee, refundId, sealed)))
