/** 今后六十天。 */
export const zhLoad = {
  load: {
    title: '今后六十天', sub: '{from} 至 {until}', month: '看整月', whose: '看谁的', town: '全镇', own: '我的', unit: '{name}（整个机构）', units: '机构', people: '人员',
    due: '届满 {n} 个期限', overdue: '另有 {n} 个已超期', cut: '期限太多，只列最早的 2000 个，请选机构或者人员', crowdedDays: '{n} 天有人撞期', crowded: '{name} {n} 件', crowd: '撞期', crowdWhy: '同一人同一天要办完的超过 {n} 件算撞期；休息日届满的，算在前一个工作日。',
    nobody: '没有承办人', nothing: '这一天没有届满的', estimated: '估算', estimatedWhy: '明年放假安排没有发布，按周末算', duties: '任务到期', dutyBy: '{lead}　{progress}', undated: '没有定日子的任务', undatedWhy: '法律或者计划只说年内要办，还没有定在哪一天', undatedNone: '任务都有日子了，或者已经完成', undatedUntil: '年内（{day}）', warn: '预警 {day}', day: '{day} {weekday}', restAfter: '紧接的休息日届满，要在这一天办完', quietDay: '{from} 没有届满的', comma: '、', quietDays: '{from} 至 {until} 没有届满的，其中工作日 {n} 天',
    away: '如果离岗', awayWhy: '选人和日子，看他的哪些期限会在这段时间届满', who: '谁', from: '从', until: '到', see: '看会耽误什么', awayNone: '{name} 离岗 {workdays} 个工作日，没有期限在这段时间届满', awaySome: '{name} 离岗 {workdays} 个工作日，有 {n} 个期限届满，要先办完或者交接', handOver: '去交接', notYours: '由本人或者机构负责人交接', awayRest: '离岗后紧接的休息日届满的也算在内：回来已经来不及。', badSpan: '“到”不能早于“从”',
  },
}
