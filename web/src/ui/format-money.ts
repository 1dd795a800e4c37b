/** Money of the screens: as letters write it, too. */
export { formatMoney } from '@pix/domain/format-money.ts'
