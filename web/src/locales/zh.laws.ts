/** 依据：法条、规则、站在上面的事项；规则书里一本台账还有什么。 */
export const zhLaws = {
  laws: {
    find: '找法条', findHint: '条文里的字，几个词用空格隔开', found: '找到 {n} 条', foundCut: '找到 {n} 条，先列 {shown} 条', notFound: '没有找到“{q}”', notFoundText: '按条文原字找，数字照原文写，如“60日”“六个月”；也可以写法名加条号。',
    sub: '规则书引用 {n} 部', none: '没有', noTexts: '这台服务器没有装入法条文本', noTextsText: '规则、期限和在办事项照样可以看。要看条文，请管理员启动时加 --laws 文件夹。',
    law: '法', articles: '条', rules: '规则', noText: '没有文本', uncited: '规则书没有引用', all: '全部法', whole: '看整部法', gone: '没有条号的规则', ruleCount: '规则 {n} 条', pick: '点一条，看站在它上面的规则和在办事项',
    rulesOn: '站在这一条上的规则', noRules: '没有规则引用这一条', since: '{day} 起', until: '到 {day}', standing: '规则书里用到它的', noStanding: '规则书里还没有用到',
    records: '在办事项', recordsCount: '{n} 件，期限 {d} 个', recordsCut: '先列最近到期的 {n} 个期限。', noRecords: '没有期限正按这一条计算的事项', open: '看整条和在办事项',
    sort: { form: '文书', duty: '任务', check: '自查', figure: '指标', setting: '参数', gate: '把关', deadline: '期限', field: '字段', act: '动作', dossier: '卷宗', other: '其他' },
  },
  reading: { forms: '文书', figures: '指标', duties: '任务', checks: '自查', roles: '谁能看' },
}
