/** The style of the page in one file: light and dark as the reader's system has it, and for paper. */
export const HTML_STYLE = `
:root{--ground:#fbfbfa;--raised:#fff;--ink:#1d1f23;--quiet:#5c6068;--line:#dfe1e4;--accent:#3f5bd8;--good:#1f7a4d;--bad:#b3362b;--input:#3f6fb5;--output:#c2571a;--write:#7a5ba6;--read:#7d8794}
@media (prefers-color-scheme:dark){:root{--ground:#15171a;--raised:#1b1e22;--ink:#e6e8eb;--quiet:#a0a6af;--line:#30343a;--accent:#8ea2ff;--good:#5fc492;--bad:#f08a7e;--input:#6da0e8;--output:#ef9255;--write:#b294dd;--read:#8b95a3}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.25rem 0}
.quiet,small{color:var(--quiet)}
article+article{border-top:1px solid var(--line);margin-top:3rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:1px;margin:1.25rem 0;background:var(--line);border:1px solid var(--line);border-radius:6px;overflow:hidden}
.figures div{background:var(--raised);padding:.75rem 1rem}
dt{color:var(--quiet);font-size:.85rem}
dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
dd small{display:block;font-size:.8rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--quiet);font-size:.85rem}
.facts th{color:var(--quiet);white-space:nowrap;width:1%;padding-inline-end:1.5rem}
.bars th{width:35%}.bars td:last-child{text-align:end;width:1%;white-space:nowrap}
.bar svg{display:block;width:100%;height:.7rem;margin-top:.35rem}.bar rect{fill:var(--accent)}
figure{margin:0}
svg.time{display:block;width:100%;height:11rem;background:var(--raised);border:1px solid var(--line);border-radius:6px}
rect.input{fill:var(--input)}rect.output{fill:var(--output)}rect.cacheWrite{fill:var(--write)}rect.cacheRead{fill:var(--read)}
polyline{fill:none;stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke}
figcaption{margin-top:.5rem;font-size:.85rem;display:grid;gap:.25rem}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.legend span::before{content:"";display:inline-block;width:.7rem;height:.7rem;margin-inline-end:.35rem;border-radius:2px;background:var(--ink)}
.legend .input::before{background:var(--input)}.legend .output::before{background:var(--output)}.legend .cacheWrite::before{background:var(--write)}.legend .cacheRead::before{background:var(--read)}
.legend .cost::before{height:2px;vertical-align:middle;border-radius:0}
ul,ol{list-style:none;padding:0;margin:0}
.objectives li{display:grid;grid-template-columns:1.4rem 1fr auto;gap:.25rem;padding:.2rem 0;border-bottom:1px solid var(--line)}
.objectives .completed>span:first-child{color:var(--good)}
.objectives .removed span{text-decoration:line-through;color:var(--quiet)}
.timeline li{display:grid;grid-template-columns:10.5rem 7rem minmax(0,1fr) auto;gap:0 .75rem;padding:.25rem 0;border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 2rem}
.timeline time{color:var(--quiet);font-variant-numeric:tabular-nums}
.timeline b{font-weight:500;overflow-wrap:anywhere}
.timeline .said{overflow-wrap:anywhere;white-space:pre-wrap}
.timeline .nested b{padding-inline-start:.75rem}
.timeline .prompt{background:var(--raised)}.timeline .prompt b{color:var(--accent)}
.timeline .error b{color:var(--bad)}
.conversation{display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem;overflow-wrap:anywhere}
.conversation section,.conversation details{content-visibility:auto;contain-intrinsic-size:auto 3rem}
.conversation .said{white-space:pre-wrap}
.conversation .who{display:flex;gap:.75rem;align-items:baseline;justify-content:space-between;margin:0 0 .25rem}
.conversation time{color:var(--quiet);font-size:.8rem;font-variant-numeric:tabular-nums}
.conversation .prompt{background:var(--raised);border:1px solid var(--line);border-inline-start:3px solid var(--accent);border-radius:6px;padding:.6rem .9rem;margin-top:.75rem}
.conversation .prompt .who b{color:var(--accent)}
.conversation .answer .who b{font-weight:500;color:var(--quiet);font-size:.85rem}
.conversation .error{border:1px solid var(--bad);border-radius:6px;padding:.6rem .9rem}.conversation .error b,.conversation .failed summary b,.conversation .failed.line b{color:var(--bad)}
.conversation pre{margin:.4rem 0;padding:.5rem .75rem;background:var(--raised);border:1px solid var(--line);border-radius:4px;font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;max-height:32rem;overflow:auto}
.conversation code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.conversation .md{display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem}.conversation .md p{margin:0}.conversation .md .h{font-weight:600}
.conversation .md ul{list-style:disc}.conversation .md ol{list-style:decimal}.conversation .md ul,.conversation .md ol{padding-inline-start:1.5rem}
.conversation blockquote{margin:0;padding-inline-start:.75rem;border-inline-start:2px solid var(--line);color:var(--quiet)}
.conversation hr{width:100%;border:0;border-top:1px solid var(--line)}
.conversation a{color:var(--accent)}
.conversation summary{cursor:pointer;overflow-wrap:anywhere}.conversation summary:hover{background:var(--raised)}
.conversation .tool,.conversation .thinking,.conversation .folded,.conversation .note{font-size:.88rem;margin:0}
.conversation .note{color:var(--quiet);text-align:center;border-top:1px solid var(--line);padding-top:.25rem}
.conversation .thread{border-inline-start:2px solid var(--line);padding-inline-start:.75rem;margin-inline-start:.4rem}
.conversation .thread[open]{display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem}
.diff ins,.diff del{text-decoration:none}.diff ins{color:var(--good)}.diff del{color:var(--bad)}
@media (max-width:40rem){.timeline li{grid-template-columns:1fr auto}.timeline .said{grid-column:1/-1}.facts th{white-space:normal;width:35%}}
@media print{:root{--ground:#fff;--raised:#fff;--ink:#000;--quiet:#444;--line:#bbb;--accent:#2b43b0;--good:#11603a;--bad:#8f241a;--input:#3f6fb5;--output:#c2571a;--write:#7a5ba6;--read:#7d8794}
body{font-size:10pt}.conversation pre{max-height:none;overflow:visible}.conversation section,.conversation details{content-visibility:visible}main{max-width:none;padding:0}article+article{break-before:page;border:0;margin:0}h2,h3{break-after:avoid}li,tr,figure,.figures{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:16mm}}
`;
