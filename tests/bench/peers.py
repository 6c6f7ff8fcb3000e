"""Times our build and typst in turn; called by peers.sh, which says what is compared.

usage: peers.py BUILT FOLDER ROUNDS
"""

import itertools
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import typst

FONTS = "crates/exhibit-scene/fonts"
PROGRAM = "target/release/exhibit"

COMPILE = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]],
              ignore_system_fonts=True, pdf_standards=["a-3a", "ua-1"])
"""

HEAD = """#set document(title: "Peer", author: "peer", date: datetime(year: 2024, month: 8, day: 31))
#set page(paper: "a4", margin: (x: 24mm, y: 25mm), numbering: "1 / 1")
#set text(font: ("Inter", "Noto Sans SC"), size: 9.6pt, lang: "en")
#set par(justify: true, leading: 0.6em)
"""


def quoted(text):
    """A typst string; JSON's escapes are a part of typst's when the text is left as it is."""
    return json.dumps(text, ensure_ascii=False)


def document(built, folder):
    """Our words, paragraph by paragraph, with our SVG files spread among them."""
    run = subprocess.run(["pdftotext", "-nopgbrk", built / "brief.pdf", "-"], check=True, capture_output=True)
    blocks = [" ".join(block.split()) for block in run.stdout.decode().split("\n\n")]
    paragraphs = [f"#par(text({quoted(block)}))" for block in blocks if block]
    # One picture of each exhibit: those of slides hold the same things again.
    pictures = sorted(path for path in built.rglob("*.svg") if "slide" not in path.as_posix())
    for index, path in enumerate(pictures):
        inside = os.path.relpath(path, folder)
        figure = f'#figure(image({quoted("/" + str(path))}, width: 100%), alt: {quoted(inside)})'
        at = (index + 1) * len(paragraphs) // (len(pictures) + 1) + index
        paragraphs.insert(at, figure)
    return HEAD + "\n".join(paragraphs) + "\n", len(blocks), len(pictures)


def timed(command):
    """Wall and processor seconds of a process and of the children it waited for."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} failed:\n{said.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    built, folder, rounds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    text, paragraphs, pictures = document(built, folder)
    (folder / "brief.typ").write_text(text, encoding="utf-8")
    (folder / "empty.typ").write_text(HEAD + "Nothing.\n", encoding="utf-8")
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    numbers = itertools.count()

    def own():
        # A folder of its own each time: what is current in one would not be written again.
        return [PROGRAM, "build", "--format", "pdf,svg", "--out", str(out / str(next(numbers)))]

    def peer(name):
        return lambda: [sys.executable, "-c", COMPILE, str(folder / f"{name}.typ"), str(folder / f"{name}.pdf"), ".", FONTS]

    jobs = {
        "python, import typst": lambda: [sys.executable, "-c", "import typst"],
        "typst: empty page": peer("empty"),
        "typst: our words, our SVG ready made": peer("brief"),
        "exhibit build": own,
    }
    for command in jobs.values():
        timed(command())
    results = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, command in jobs.items():
            results[name].append(timed(command()))

    print(f"typst {typst.__version__}; {paragraphs} blocks of text, {pictures} pictures; {rounds} rounds in turn\n")
    print("| process | wall ms (min-max) | cpu ms | peak MiB |\n|---|---:|---:|---:|")
    for name, runs in results.items():
        wall = [1000 * run[0] for run in runs]
        cpu = statistics.median(1000 * run[1] for run in runs)
        peak = max(run[2] for run in runs)
        print(f"| {name} | {statistics.median(wall):.1f} ({min(wall):.1f}-{max(wall):.1f}) | {cpu:.1f} | {peak:.0f} |")


main()
