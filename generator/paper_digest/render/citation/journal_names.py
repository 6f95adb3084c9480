"""The commonest journals of physics, mathematics and computing by the abbreviations papers use."""

from __future__ import annotations

import re

_NOT_A_LETTER = re.compile(r"[^a-z]")
#: Abbreviations, and the journal's name; ``*`` is the letter of a series, which the name ends in.
_TABLE = """
physrev*,pr*: Physical Review
physrevlett,prl,physrevletters: Physical Review Letters
physrevapplied,physrevapp,physrevappl: Physical Review Applied
physrevresearch,physrevres: Physical Review Research
physrevfluids: Physical Review Fluids
physrevmaterials,physrevmater: Physical Review Materials
physrevstab,physrevspectopicsaccelbeams: Physical Review Special Topics - Accelerators and Beams
prxquantum: PRX Quantum
revmodphys,rmp: Reviews of Modern Physics
jphys*: Journal of Physics
jphysamathgen,jphysamathgeneral: Journal of Physics A: Mathematical and General
jphysamaththeor,jphysamathematicalandtheoretical: Journal of Physics A: Mathematical and Theoretical
jphysconfser,jphysconferenceseries,jphyscs: Journal of Physics: Conference Series
jphyscondensmatter,jphyscondmat,jphyscondmatter: Journal of Physics: Condensed Matter
classquantgrav,classquantumgrav,cqg: Classical and Quantum Gravity
newjphys,newjournalofphysics,njp: New Journal of Physics
europhyslett,europhysicsletters: Europhysics Letters
epl: EPL (Europhysics Letters)
jstatmech,jstatmechtheoryexp,jstatmechtheorexper,jstat: Journal of Statistical Mechanics: Theory and Experiment
jstatphys: Journal of Statistical Physics
jhep,jhighenergyphys: Journal of High Energy Physics
jcap,jcosmolastropartphys: Journal of Cosmology and Astroparticle Physics
jinst: Journal of Instrumentation
astrophysj,apj,astrophysicalj: The Astrophysical Journal
astrophysjlett,apjl,apjlett: The Astrophysical Journal Letters
astrophysjsuppl,apjs,astrophysjsupplser: The Astrophysical Journal Supplement Series
astronj: The Astronomical Journal
astronastrophys,aanda: Astronomy & Astrophysics
mnras,monnotroyastronsoc,monnotrastronsoc: Monthly Notices of the Royal Astronomical Society
physlett*: Physics Letters
nuclphys*: Nuclear Physics
nuclphysbprocsuppl,nuclphysproc suppl,nuclphysprocsuppl: Nuclear Physics B - Proceedings Supplements
nuclinstrummeth*,nuclinstrummethods*: Nuclear Instruments and Methods in Physics Research Section
comput physcommun,computphyscommun,compphyscommun,comphyscomm: Computer Physics Communications
jcomputphys,jcompphys: Journal of Computational Physics
annphys,annalsphys: Annals of Physics
physrept,physrep: Physics Reports
eurphysj*: The European Physical Journal
modphyslett*: Modern Physics Letters
intjmodphys*: International Journal of Modern Physics
progtheorphys: Progress of Theoretical Physics
genrelgrav,genrelativgravit: General Relativity and Gravitation
appl physlett,applphyslett: Applied Physics Letters
japplphys: Journal of Applied Physics
jchemphys: The Journal of Chemical Physics
revsciinstrum: Review of Scientific Instruments
optexpress: Optics Express
optlett: Optics Letters
scirep: Scientific Reports
natcommun,naturecommun: Nature Communications
natphys,naturephys: Nature Physics
pnas,procnatlacadsci,procnatlacadsciusa,procnatacadsci: Proceedings of the National Academy of Sciences
plosone: PLoS ONE
ploscomputbiol,ploscompbiol: PLoS Computational Biology
commmathphys,communmathphys: Communications in Mathematical Physics
jmathphys: Journal of Mathematical Physics
lettmathphys: Letters in Mathematical Physics
annofmath,annmath: Annals of Mathematics
inventmath: Inventiones Mathematicae
dukemathj: Duke Mathematical Journal
transamermathsoc: Transactions of the American Mathematical Society
procamermathsoc: Proceedings of the American Mathematical Society
bullamermathsoc: Bulletin of the American Mathematical Society
jamermathsoc: Journal of the American Mathematical Society
proclondonmathsoc: Proceedings of the London Mathematical Society
bulllondonmathsoc: Bulletin of the London Mathematical Society
jlondonmathsoc: Journal of the London Mathematical Society
advmath,advinmath: Advances in Mathematics
jalgebra: Journal of Algebra
jfunctanal: Journal of Functional Analysis
mathann: Mathematische Annalen
mathz: Mathematische Zeitschrift
pacificjmath: Pacific Journal of Mathematics
canadjmath: Canadian Journal of Mathematics
israeljmath: Israel Journal of Mathematics
geomtopol: Geometry & Topology
algebrgeomtopol: Algebraic & Geometric Topology
jnumbertheory: Journal of Number Theory
imrn,intmathresnot: International Mathematics Research Notices
discretemath: Discrete Mathematics
discretecomputgeom: Discrete & Computational Geometry
jcombintheoryser*,jcombtheoryser*: Journal of Combinatorial Theory, Series
electronjcombin,elecjcomb: The Electronic Journal of Combinatorics
annprobab: The Annals of Probability
annapplprobab: The Annals of Applied Probability
annstatist,annstat: The Annals of Statistics
annapplstat: The Annals of Applied Statistics
electronjstat,electronjstatist: Electronic Journal of Statistics
electronjprobab: Electronic Journal of Probability
sigma: Symmetry, Integrability and Geometry: Methods and Applications
siamjcomput: SIAM Journal on Computing
siamjdiscretemath: SIAM Journal on Discrete Mathematics
siamjoptim: SIAM Journal on Optimization
siamjscicomput: SIAM Journal on Scientific Computing
siamjnumeranal: SIAM Journal on Numerical Analysis
lmcs,logicalmethodsincomputerscience,logmethcomputsci: Logical Methods in Computer Science
eptcs,electronicproceedingsintheoreticalcomputerscience: Electronic Proceedings in Theoretical Computer Science
entcs,electronnotestheorcomputsci: Electronic Notes in Theoretical Computer Science
lncs: Lecture Notes in Computer Science
lnai: Lecture Notes in Artificial Intelligence
lipics: Leibniz International Proceedings in Informatics
theorcomputsci,theorcompsci,tcs: Theoretical Computer Science
infprocesslett,informprocesslett,informationprocessingletters: Information Processing Letters
jcomputsystsci,jcompsystemsci: Journal of Computer and System Sciences
jmlr,jmachlearnres,jmachlearningres,jmachinelearningresearch: Journal of Machine Learning Research
tmlr: Transactions on Machine Learning Research
jair,jartifintellres,jartificialintelligenceres: Journal of Artificial Intelligence Research
tacl: Transactions of the Association for Computational Linguistics
pvldb,procvldbendow,proceedingsofthevldbendowment: Proceedings of the VLDB Endowment
ieeetransinformtheory,ieeetransinftheory,ieeetransinfotheory,ieeetransoninformationtheory,ieeetransoninftheory: IEEE Transactions on Information Theory
ieeetranssignalprocess: IEEE Transactions on Signal Processing
ieeetranscommun,ieeetransoncommunications: IEEE Transactions on Communications
ieeetranswirelesscommun: IEEE Transactions on Wireless Communications
ieeetransautomcontrol,ieeetransautomatcontr,ieeetac: IEEE Transactions on Automatic Control
ieeejsac,ieeejselareascommun: IEEE Journal on Selected Areas in Communications
quantuminfcomput,quantuminfcomp,quantinfcomp,qic: Quantum Information and Computation
ijcsi: International Journal of Computer Science Issues
ijcsis: International Journal of Computer Science and Information Security
ijacsa: International Journal of Advanced Computer Science and Applications
"""


#: Series of books: under its whole name one is not said to be a journal.
_BOOK_SERIES = ("Lecture Notes", "Leibniz International", "Electronic Proceedings in")


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        abbreviations, _, name = line.partition(": ")
        for abbreviation in abbreviations.replace(" ", "").split(","):
            if "*" not in abbreviation:
                names[abbreviation] = name
                continue
            for letter in "abcdefghx":
                names[abbreviation.replace("*", letter)] = f"{name} {letter.upper()}"
    whole = {_letters(name): name for name in names.values() if not name.startswith(_BOOK_SERIES)}
    return whole | names


def _letters(name: str) -> str:
    return _NOT_A_LETTER.sub("", name.lower().replace("&", "and"))


_NAMES = _names()


def full_journal_name(name: str) -> str:
    """Return the whole name of a journal: ``Phys.Rev. D`` -> ``Physical Review D``, itself too; "" if unknown."""
    return _NAMES.get(_letters(name), "")
