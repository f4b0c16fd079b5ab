import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Which rows of a long table are in sight; the rest are held open by two spacers, so that a million rows cost as much as forty. */
export function useWindowed(
  box: Ref<HTMLElement | null>,
  count: () => number,
  rowHeight: number,
  { slack = 12, on = () => true }: { slack?: number; on?: () => boolean } = {},
) {
  const top = ref(0)
  const height = ref(800)
  function measure(): void {
    top.value = Math.max(0, -(box.value?.getBoundingClientRect().top ?? 0))
    height.value = innerHeight
  }
  let frame = 0
  const later = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(measure)
  }
  onMounted(() => {
    measure()
    addEventListener('scroll', later, { passive: true })
    addEventListener('resize', later)
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame)
    removeEventListener('scroll', later)
    removeEventListener('resize', later)
  })
  const from = computed(() => (on() ? Math.max(0, Math.floor(top.value / rowHeight) - slack) : 0))
  const until = computed(() => (on() ? Math.min(count(), Math.ceil((top.value + height.value) / rowHeight) + slack) : count()))
  return {
    from,
    until,
    before: computed(() => from.value * rowHeight),
    after: computed(() => Math.max(0, count() - until.value) * rowHeight),
  }
}
