"""The second reading of equations 64 to 66: what each good carries by what it contains."""

from __future__ import annotations

from tests.properties.reference_streams import f, over, plus, times


def goods_of(site, means, content_of):
    """SEE per tonne and per functional unit of each good, from the means of its process.

    ``content_of(good)`` gives the content of a tonne, in functional units, or None.
    """
    found = []
    for good in site.report.products:
        process = site.report.process(good.process)
        mean = means[good.process]
        if process.category not in site.rules.functional_unit:
            found.append((mean, None))
            continue
        together = [other for other in site.report.products if other.process == good.process]
        contents = [content_of(other) for other in together]
        if all(content is None for content in contents):
            found.append((mean, None))
        elif None in contents:
            found.append((None, None))
        elif len(set(contents)) == 1:
            found.append((mean, over(mean, contents[0])))
        else:
            quantities = [f(other.quantity) for other in together]
            contained = plus(times(quantity, content) for quantity, content in zip(quantities, contents, strict=True))
            per_unit = times(mean, over(plus(quantities), contained))
            found.append((times(per_unit, content_of(good)), per_unit))
    return found
