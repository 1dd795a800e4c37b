import { ProblemError } from '@pix/contracts/client.ts'
import type { NewPackage, PackageList } from '@pix/contracts/package-lists.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { newKey } from '../../base/new-key.ts'
import { useAction } from '../../base/use-action.ts'
import { useUnsaved } from '../../base/unsaved.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { emptyRow, faultsOfRow, moved, packageOf, type PackageRow, rowOf } from './package-rows.ts'

/** Where a list is read and replaced. */
export interface PackageListApi {
  read: (signal: AbortSignal) => Promise<PackageList>
  replace: (next: { items: NewPackage[]; revision: string | undefined }) => Promise<PackageList>
}

/** A list of packages while it is edited. */
export function usePackageList(api: PackageListApi) {
  const rows = ref<PackageRow[]>([])
  const isOwn = ref(true)
  const list = ref<PackageList>()
  const tried = ref(false)
  const saved = ref(false)
  const stand = ref('')
  const standNow = () => JSON.stringify([isOwn.value, rows.value])
  const dirty = computed(() => stand.value !== '' && stand.value !== standNow())
  useUnsaved(() => dirty.value)

  function show(answer: PackageList) {
    list.value = answer
    isOwn.value = answer.isOwn
    rows.value = answer.items.map(rowOf)
    stand.value = standNow()
    tried.value = false
  }
  const { state, load } = useLoaded(async signal => show(await api.read(signal)))

  /** Without a list of its own it sells by the wider one; a list of its own begins with that. */
  watch(isOwn, own => {
    if (!own && list.value?.wider) rows.value = list.value.wider.items.map(rowOf)
  })
  watch(dirty, is => is && (saved.value = false))

  const faults = computed(() => rows.value.map(faultsOfRow))
  const shownFaults = computed(() => (tried.value ? faults.value : rows.value.map(() => ({}))))
  const sellsNothing = computed(() => isOwn.value && rows.value.every(row => row.hidden))

  const { busy, problem, act } = useAction()
  /** What somebody else saved meanwhile; nothing of what was typed is lost. */
  const theirs = shallowRef<PackageList>()
  const save = () =>
    act(async () => {
      tried.value = true
      if (isOwn.value && faults.value.some(row => Object.keys(row).length > 0)) return
      const items = isOwn.value ? rows.value.map(packageOf) : []
      try {
        show(await api.replace({ items, revision: list.value?.revision }))
        saved.value = true
      } catch (error) {
        if (!(error instanceof ProblemError) || error.code !== 'packages_changed') throw error
        theirs.value = await api.read(new AbortController().signal)
      }
    })
  /** Ends a conflict: shows their list, or keeps mine, which can then be saved over theirs. */
  function resolve(keepMine: boolean): void {
    if (!theirs.value) return
    if (keepMine) list.value = theirs.value
    else show(theirs.value)
    theirs.value = undefined
  }

  return {
    state,
    load,
    list,
    rows,
    isOwn,
    dirty,
    saved,
    faults: shownFaults,
    sellsNothing,
    busy,
    problem,
    theirs,
    resolve,
    save,
    add: () => rows.value.push(emptyRow(newKey())),
    remove: (at: number) => rows.value.splice(at, 1),
    move: (at: number, by: -1 | 1) => (rows.value = moved(rows.value, at, by)),
  }
}
