import { getEventPackageList, setEventPackages } from '@pix/contracts/package-lists.ts'
import { call } from '../../base/api.ts'
import type { PackageListApi } from '../packages/index.ts'

/** Where an event's list of packages is read and replaced. */
export const packagesOf = (id: string): PackageListApi => ({
  read: signal => call(getEventPackageList, { params: { id } }, { signal }),
  replace: body => call(setEventPackages, { params: { id }, body }),
})
